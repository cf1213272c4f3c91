import { ClientInfo, ClientInfo_Capability, ClientInfo_SDK } from '@livekit/protocol';
import { browserOf } from './browser.ts';

const SDKS: Readonly<Record<string, ClientInfo_SDK>> = {
  js: ClientInfo_SDK.JS,
  ios: ClientInfo_SDK.SWIFT,
  swift: ClientInfo_SDK.SWIFT,
  android: ClientInfo_SDK.ANDROID,
  flutter: ClientInfo_SDK.FLUTTER,
  go: ClientInfo_SDK.GO,
  unity: ClientInfo_SDK.UNITY,
  reactnative: ClientInfo_SDK.REACT_NATIVE,
  rust: ClientInfo_SDK.RUST,
  python: ClientInfo_SDK.PYTHON,
  cpp: ClientInfo_SDK.CPP,
  unityweb: ClientInfo_SDK.UNITY_WEB,
  node: ClientInfo_SDK.NODE,
  esp32: ClientInfo_SDK.ESP32,
};

/** Those that run in browsers, or do not say: the user agent tells what they leave out. */
const IN_BROWSERS: ReadonlySet<ClientInfo_SDK> = new Set([
  ClientInfo_SDK.UNKNOWN,
  ClientInfo_SDK.JS,
  ClientInfo_SDK.REACT_NATIVE,
  ClientInfo_SDK.FLUTTER,
  ClientInfo_SDK.UNITY,
]);

/** Longer words of a client about itself are cut: they go to every other member's diagnostics. */
const GREATEST_WORD = 256;

/** Where a client comes from and what it says of itself beside its query. */
export interface Origin {
  readonly address: string;
  readonly userAgent: string;
}

/** The client as its query describes it. */
export function clientInfo(query: URLSearchParams, origin: Origin): ClientInfo {
  const word = (name: string) => (query.get(name) ?? '').slice(0, GREATEST_WORD);
  const info = new ClientInfo({
    sdk: SDKS[word('sdk')] ?? ClientInfo_SDK.UNKNOWN,
    protocol: whole(query.get('protocol')),
    clientProtocol: whole(query.get('client_protocol')),
    version: word('version'),
    os: word('os'),
    osVersion: word('os_version'),
    browser: word('browser'),
    browserVersion: word('browser_version'),
    deviceModel: word('device_model'),
    network: word('network'),
    capabilities: capabilities(query.get('capabilities') ?? ''),
  });
  return completed(info, origin);
}

/** The same of a client that describes itself in a message: no more of it than a query could say. */
export function bounded(said: ClientInfo | undefined, origin: Origin): ClientInfo {
  const word = (text = '') => text.slice(0, GREATEST_WORD);
  const info = new ClientInfo({
    sdk: said?.sdk ?? ClientInfo_SDK.UNKNOWN,
    protocol: said?.protocol ?? 0,
    clientProtocol: said?.clientProtocol ?? 0,
    version: word(said?.version),
    os: word(said?.os),
    osVersion: word(said?.osVersion),
    browser: word(said?.browser),
    browserVersion: word(said?.browserVersion),
    deviceModel: word(said?.deviceModel),
    network: word(said?.network),
    capabilities: once((said?.capabilities ?? []).filter((one) => ClientInfo_Capability[one] !== undefined)),
  });
  return completed(info, origin);
}

function completed(info: ClientInfo, origin: Origin): ClientInfo {
  info.address = origin.address;
  if (!IN_BROWSERS.has(info.sdk)) return info;
  const seen = browserOf(origin.userAgent);
  if (info.browser === '')
    Object.assign(info, { browser: seen.browser, browserVersion: seen.browserVersion });
  if (info.os === '') Object.assign(info, { os: seen.os, osVersion: seen.osVersion });
  return info;
}

function capabilities(names: string): ClientInfo_Capability[] {
  const known = ClientInfo_Capability as unknown as Readonly<Record<string, ClientInfo_Capability>>;
  return once(
    names
      .split(',')
      .map((name) => known[name.trim()])
      .filter((value) => typeof value === 'number'),
  );
}

/** Everybody else in the room is sent them, too. */
const once = <T>(all: readonly T[]): T[] => [...new Set(all)];

const whole = (text: string | null): number => {
  const number = Number(text);
  return Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : 0;
};
