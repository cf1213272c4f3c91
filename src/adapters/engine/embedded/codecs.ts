import { type ClientInfo, Codec } from '@livekit/protocol';

/** What can be published, the most compatible first: clients fall back to the first video codec of the list. */
const CARRIED = ['video/VP8', 'video/H264', 'video/VP9', 'audio/opus'] as const;
export type CarriedMime = (typeof CARRIED)[number];

/** Devices whose encoder is known to be broken, from LiveKit's table. The client's words are compared in lower case. */
const NOT_PUBLISHED: readonly { mime: CarriedMime; on: (client: Words) => boolean }[] = [
  { mime: 'video/H264', on: (c) => c.deviceModel === 'xiaomi 2201117ti' && c.os === 'android' },
  {
    mime: 'video/H264',
    on: (c) =>
      (c.browser === 'firefox' || c.browser === 'firefox mobile') && (c.os === 'linux' || c.os === 'android'),
  },
  { mime: 'video/VP9', on: (c) => c.browser === 'safari' && newerThan(c.browserVersion, [18, 3]) },
];

interface Words {
  readonly deviceModel: string;
  readonly os: string;
  readonly browser: string;
  readonly browserVersion: string;
}

export function publishableMimes(client: ClientInfo): CarriedMime[] {
  const words: Words = {
    deviceModel: client.deviceModel.toLowerCase(),
    os: client.os.toLowerCase(),
    browser: client.browser.toLowerCase(),
    browserVersion: client.browserVersion,
  };
  const broken = new Set(NOT_PUBLISHED.filter(({ on }) => on(words)).map(({ mime }) => mime));
  return CARRIED.filter((mime) => !broken.has(mime));
}

export const toCodecs = (mimes: readonly string[]) => mimes.map((mime) => new Codec({ mime, fmtpLine: '' }));

export const carriedCodecs = () => toCodecs(CARRIED);

/**
 * The codec a client asked for by its name or its whole MIME type, or the first of the kind that it
 * can publish. Undefined when there is none.
 */
export function chooseMime(
  asked: string,
  kind: 'audio' | 'video',
  publishable: readonly string[],
): string | undefined {
  const mime = (asked.includes('/') ? asked : `${kind}/${asked}`).toLowerCase();
  const known = publishable.find((each) => each.toLowerCase() === mime);
  return known ?? publishable.find((each) => each.startsWith(kind));
}

function newerThan(version: string, than: readonly [number, number]): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  return major > than[0] || (major === than[0] && minor > than[1]);
}
