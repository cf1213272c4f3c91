import type { Import } from './imports.ts';

/** Who may import what, and why: the table of ARCHITECTURE.md in a form that can be checked. */
type Rule = {
  who: RegExp;
  /** The files of the project it may use. */
  may: RegExp[];
  /** The files it may use for their types alone. */
  mayTypes?: RegExp[];
  /** The packages and parts of Node it may use; all of them when this is absent. */
  packages?: RegExp;
  why: string;
};

const CORE_WORDS = /^src\/core\/(errors|ids)\.ts$/;

const RULES: Rule[] = [
  {
    who: /^src\/.*\.(test|contract|fixture)\.ts$/,
    may: [/^src\//],
    why: 'a test beside the sources may use all of src, and nothing outside it: src works without test/, web/ and sdk/',
  },
  {
    who: /^src\/core\//,
    may: [/^src\/core\//],
    mayTypes: [/^src\/ports\//],
    packages: /^node:crypto$/,
    why: 'the core decides: no HTTP, SQL, media or process in it; what it needs from outside it asks of a port, by type',
  },
  {
    who: /^src\/ports\//,
    may: [],
    mayTypes: [/^src\/(core|ports)\//],
    packages: /^@livekit\/protocol$/,
    why: 'a port says in the words of the core what the core needs: types only, no library but the words of the media protocol (decision 0009)',
  },
  {
    who: /^src\/adapters\//,
    may: [CORE_WORDS, /^src\/ports\//],
    mayTypes: [/^src\/core\//],
    why: 'an adapter makes a port true with its library: it uses ports, the ids and errors of the core and its own folder',
  },
  {
    who: /^src\/doors\//,
    may: [
      /^src\/core\/[^/]+\.ts$/,
      /^src\/core\/[^/]+\/index\.ts$/,
      /^src\/doors\/[^/]+\.ts$/,
      /^src\/doors\/words\//,
    ],
    mayTypes: [/^src\/core\//],
    why: "a door translates: it uses the core's public face (core/*.ts, core/<noun>/index.ts), what all doors share and its own folder, never a port, an adapter or another door",
  },
  {
    who: /^src\/config\//,
    may: [/^src\/config\//],
    packages: /^node:/,
    why: 'the configuration is read before anything else exists',
  },
  {
    who: /^src\/main\.ts$/,
    may: [/^src\/config\//, /^src\/(compose|start)\.ts$/],
    why: 'main reads the configuration, composes, starts and waits; compose.ts names the implementations',
  },
  {
    who: /^src\/doctor\//,
    may: [/^src\/(doctor|config|adapters)\//, /^src\/core\/[^/]+\/index\.ts$/],
    why: 'the doctor looks from outside at what compose would use: the configuration and the adapters themselves, and no door',
  },
  {
    who: /^src\/start\.ts$/,
    may: [/^src\/(config|core|doors)\//, /^src\/compose\.ts$/],
    mayTypes: [/^src\//],
    why: 'start listens with what compose made; compose.ts alone names the implementations',
  },
  { who: /^src\/compose(\/.*)?\.ts$/, may: [/^src\//], why: 'compose.ts chooses once among what is in src' },
  {
    who: /^sdk\/.*\.test\.ts$/,
    may: [/^sdk\//],
    packages: /^(node:.*|vitest|fast-check)$/,
    why: "the SDK's tests work with its folder alone; tests against the server are in test/",
  },
  {
    who: /^sdk\//,
    may: [/^sdk\//],
    packages: /^$/,
    why: 'the SDK works with its folder alone: no package, nothing of Node, for it runs in browsers too',
  },
  {
    who: /^web\//,
    may: [/^web\//, /^sdk\//],
    why: 'the app shows state and sends intents through the SDK; it knows nothing of the server',
  },
  {
    who: /^test\//,
    may: [
      /^test\//,
      /^sdk\//,
      /^scripts\//,
      /^src\/(main|start|compose)\.ts$/,
      /^src\/(config|core|ports|adapters)\//,
      // A client of STUN and ICE, which asks as any other would.
      /^src\/doctor\/stun\//,
    ],
    mayTypes: [/^src\/compose\//],
    why: "a test speaks as a user would: through the running server and the SDK, never through a door's insides or the app's",
  },
];

/** What is wrong with this import, in one sentence that gives the reason; nothing when it is right. */
export function complaint(path: string, { target, local, typeOnly }: Import): string | undefined {
  const rule = RULES.find(({ who }) => who.test(path));
  if (!rule) return undefined;
  const allowed = local
    ? [...rule.may, ...(typeOnly ? (rule.mayTypes ?? []) : [])].some((pattern) => pattern.test(target)) ||
      sameFolder(path, target)
    : (rule.packages?.test(target) ?? true);
  if (allowed) return undefined;
  const how = local && rule.mayTypes?.some((pattern) => pattern.test(target)) ? ' as code, not by type' : '';
  return `${path} imports ${target}${how}: ${rule.why}`;
}

/** An adapter or a door is one folder (or one file) and free inside it. */
function sameFolder(path: string, target: string): boolean {
  const home = /^src\/(adapters|doors)\/[^/]+\//.exec(path)?.[0];
  return home !== undefined && target.startsWith(home);
}
