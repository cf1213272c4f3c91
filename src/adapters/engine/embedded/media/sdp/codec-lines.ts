import { type Attributes, notSdp } from './lines.ts';
import type { OfferedCodec } from './types.ts';

/** Payload types that have a meaning without `a=rtpmap` are of no use here and are left out. */
export function readCodecs(
  media: string,
  formats: readonly string[],
  attributes: Attributes,
): OfferedCodec[] {
  const maps = byPayload(attributes.get('rtpmap'));
  const fmtps = byPayload(attributes.get('fmtp'));
  const feedback = byPayload(attributes.get('rtcp-fb'));
  const toAll = feedback.get('*') ?? [];
  if (new Set(formats).size < formats.length) throw notSdp();
  return formats.flatMap((format) => {
    const payloadType = Number(format);
    if (!/^\d{1,3}$/.test(format) || payloadType > 127) throw notSdp();
    const rtpmap = maps.get(format) ?? [];
    if (rtpmap.length > 1) throw notSdp();
    const [encoding = ''] = rtpmap;
    const [name = '', clock = '', channels] = encoding.split('/');
    if (encoding === '') return [];
    const clockRate = Number(clock);
    if (name === '' || !(clockRate > 0)) throw notSdp();
    const fmtp = fmtps.get(format)?.[0] ?? '';
    return {
      payloadType,
      mime: `${media}/${name.toLowerCase()}`,
      encoding,
      clockRate,
      channels: media === 'audio' ? Number(channels ?? 1) : undefined,
      fmtp,
      parameters: readParameters(fmtp),
      feedback: [...toAll, ...(feedback.get(format) ?? [])].map((line) => line.trim()),
    };
  });
}

function byPayload(lines: readonly string[] = []): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of lines) {
    const space = line.indexOf(' ');
    if (space < 0) continue;
    const [payload, rest] = [line.slice(0, space), line.slice(space + 1)];
    const known = found.get(payload);
    if (known) known.push(rest);
    else found.set(payload, [rest]);
  }
  return found;
}

function readParameters(fmtp: string): Record<string, string | number> {
  const parameters: Record<string, string | number> = {};
  for (const pair of fmtp.split(';')) {
    const equals = pair.indexOf('=');
    if (equals < 0) continue;
    const key = pair.slice(0, equals).trim().toLowerCase();
    const value = pair.slice(equals + 1).trim();
    if (!/^[\w-]{1,40}$/.test(key) || key === '__proto__') continue;
    // A profile may consist of digits alone and is still no number.
    parameters[key] = key !== 'profile-level-id' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  }
  return parameters;
}
