import { dirname, join, normalize } from 'node:path';

/** One import of one file: where it points (a path below the root, or a package's name), and whether only types cross. */
export type Import = { target: string; local: boolean; typeOnly: boolean };

const STATEMENT =
  /^\s*(?:import|export)\s+(?<type>type\s+)?(?:(?<names>[^'"`;()]*?)\s*from\s+)?['"](?<from>[^'"]+)['"]/gm;
const CALL = /\bimport\(\s*['"](?<from>[^'"]+)['"]/g;

/** Every import of a file, static, re-exported or dynamic. */
export function importsOf(path: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (from: string, typeOnly: boolean): void => {
    const local = from.startsWith('.');
    found.push({ target: local ? normalize(join(dirname(path), from)) : from, local, typeOnly });
  };
  for (const { groups } of text.matchAll(STATEMENT)) {
    add(groups?.from ?? '', groups?.type !== undefined || namesOnlyTypes(groups?.names ?? ''));
  }
  for (const { groups } of text.matchAll(CALL)) add(groups?.from ?? '', false);
  return found;
}

/** `{ type A, type B }` brings types and no code. */
function namesOnlyTypes(names: string): boolean {
  const list = /^\{(?<list>[^}]*)\}$/.exec(names.trim())?.groups?.list;
  if (list === undefined) return false;
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .every((name) => name.startsWith('type '));
}
