import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** Without what separates the parts of a name. */
const host = hostname().replaceAll(':', '-').slice(0, 40);
/** Names this process has given to its servers; tests start several in one. */
const ownNames = new Set<string>();

/** A new node's name. It says which process it is, so that others on this machine can see it gone. */
export function nameNode(): string {
  const name = `node:${host}:${process.pid}:${randomBytes(6).toString('hex')}`;
  ownNames.add(name);
  return name;
}

/**
 * Is this node certainly gone, whatever its lease says? That is so for a process of this machine
 * that no longer runs, and for one that had our number before us. Of other machines we cannot tell.
 */
export function isGone(nodeId: string): boolean {
  const [, machine, pid] = nodeId.split(':');
  if (machine !== host || ownNames.has(nodeId)) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
