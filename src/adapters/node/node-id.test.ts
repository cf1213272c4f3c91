import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { isGone, nameNode } from './node-id.ts';

it('a node of this process is there', () => {
  expect(isGone(nameNode())).toBe(false);
});

it('a node of a process that has ended is gone, one of a process that runs is not', () => {
  const [prefix, host] = nameNode().split(':');
  const ended = spawnSync(process.execPath, ['-e', '']).pid;
  expect(isGone(`${prefix}:${host}:${ended}:abc`)).toBe(true);
  expect(isGone(`${prefix}:${host}:${process.ppid}:abc`)).toBe(false);
});

it('whoever had our process number before us is gone', () => {
  const [prefix, host, pid] = nameNode().split(':');
  expect(isGone(`${prefix}:${host}:${pid}:before`)).toBe(true);
});

it('of other machines it cannot tell', () => {
  expect(isGone(`node:elsewhere:${process.pid}:abc`)).toBe(false);
});

it('a name fits its column', () => {
  expect(nameNode().length).toBeLessThanOrEqual(64);
});
