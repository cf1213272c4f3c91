import { expect, it } from 'vitest';
import { textOf } from '../support/source-files.ts';

type Locked = {
  version?: string;
  resolved?: string;
  link?: boolean;
  optionalDependencies?: Record<string, string>;
};
const packages: Record<string, Locked> = JSON.parse(textOf('package-lock.json')).packages;

it('names no registry, so that any mirror serves it', () => {
  const hosts = Object.entries(packages).filter(([, { resolved, link }]) => resolved !== undefined && !link);
  expect(hosts).toEqual([]);
});

it('holds the builds for every system, which `npm ci` insists on', () => {
  const locked = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
  const absent = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !locked.has(name))
      .map((name) => `${path} may use ${name}`),
  );
  expect(absent).toEqual([]);
});
