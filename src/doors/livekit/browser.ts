/** What the user agent line tells of a client in a browser, in the words that LiveKit's clients are known by. */
export interface Browser {
  browser: string;
  browserVersion: string;
  os: string;
  osVersion: string;
}

/** The first that fits: most browsers also claim to be the ones after them. */
const BROWSERS: readonly (readonly [name: string, line: RegExp])[] = [
  ['Edge', /\bEdgA?\/([\d.]+)/],
  ['Opera', /\bOPR\/([\d.]+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/([\d.]+)/],
  ['Chrome', /\b(?:HeadlessChrome|Chrome|CriOS)\/([\d.]+)/],
  ['Safari', /\bVersion\/([\d.]+).*\bSafari\//],
];

const SYSTEMS: readonly (readonly [name: string, line: RegExp])[] = [
  ['Android', /\bAndroid ([\d.]+)/],
  ['iOS', /\b(?:iPhone OS|CPU OS) ([\d_]+)/],
  ['Windows', /\bWindows NT ([\d.]+)/],
  ['Mac OS X', /\bMac OS X ([\d_.]+)/],
  ['Linux', /\bLinux\b()/],
];

export function browserOf(userAgent: string): Browser {
  const [browser, browserVersion] = first(BROWSERS, userAgent);
  const [os, osVersion] = first(SYSTEMS, userAgent);
  return { browser, browserVersion, os, osVersion: osVersion.replaceAll('_', '.') };
}

function first(known: readonly (readonly [string, RegExp])[], line: string): [name: string, version: string] {
  for (const [name, pattern] of known) {
    const found = pattern.exec(line);
    if (found) return [name, found[1] ?? ''];
  }
  return ['', ''];
}
