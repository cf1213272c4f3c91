import { invalid } from '../../../../../core/errors.ts';

/** More than three hundred tracks with every codec need, and less than what a signal message may have. */
const MAX_BYTES = 2 * 1024 * 1024;
const MAX_SECTIONS = 1000;
const MAX_LINES = 200_000;

/** `a=` lines by their key, in order, each with what stands behind the colon. */
export type Attributes = ReadonlyMap<string, readonly string[]>;

export interface Lines {
  readonly session: Attributes;
  readonly media: readonly { readonly head: string; readonly attributes: Attributes }[];
}

export const notSdp = () => invalid('sdp');

/** Takes the text apart. Lines that are not known are left out, text that is no SDP throws `invalid`. */
export function readLines(sdp: string): Lines {
  if (sdp.length > MAX_BYTES || !sdp.startsWith('v=0')) throw notSdp();
  const lines = sdp.split('\n');
  if (lines.length > MAX_LINES) throw notSdp();

  const session = new Map<string, string[]>();
  const media: { head: string; attributes: Map<string, string[]> }[] = [];
  let current = session;
  for (const each of lines) {
    const line = each.endsWith('\r') ? each.slice(0, -1) : each;
    if (line === '') continue;
    if (!/^[a-z]=/.test(line)) throw notSdp();
    if (line[0] === 'm') {
      if (media.length === MAX_SECTIONS) throw notSdp();
      current = new Map();
      media.push({ head: line.slice(2), attributes: current });
    } else if (line[0] === 'a') {
      const colon = line.indexOf(':');
      const key = colon < 0 ? line.slice(2) : line.slice(2, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1);
      const known = current.get(key);
      if (known) known.push(value);
      else current.set(key, [value]);
    }
  }
  return { session, media };
}
