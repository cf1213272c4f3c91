import { randomBytes } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Where process numbers mean what ours means: this machine, and in a container this one alone. */
const place = `${hostname().slice(0, 20)}/${processSpace()}`.replaceAll(':', '-');

/** Linux numbers its spaces of process ids; elsewhere a machine has one. */
function processSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replaceAll(/\D/g, '');
  } catch {
    // Not Linux.
    return '';
  }
}

/** Names this process has given to its servers; tests start several in one. */
const ownNames = new Set<string>();

/** A new node's name. It says which process it is, so that others on this machine can see it gone. */
export function nameNode(): string {
  const name = `node:${place}:${process.pid}:${randomBytes(6).toString('hex')}`;
  ownNames.add(name);
  return name;
}

/**
 * Is this node certainly gone, whatever its lease says? That is so for a process of this place
 * that no longer runs, and for one that had our number before us. Of other places we cannot tell.
 */
export function isGone(nodeId: string): boolean {
  const [, where, pid] = nodeId.split(':');
  if (where !== place || ownNames.has(nodeId)) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
