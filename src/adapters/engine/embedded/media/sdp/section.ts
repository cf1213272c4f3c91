import { readCodecs } from './codec-lines.ts';
import { type Attributes, notSdp } from './lines.ts';
import type { Direction, Extension, Section, SsrcGroup } from './types.ts';

const DIRECTIONS: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];
const TYPES = ['audio', 'video', 'application'] as const;
/** What fits into the header extension that carries it. */
const MID = /^[\w.+/-]{1,16}$/;
const RID = /^[\w-]{1,16}$/;
const MAX_SSRCS = 64;
const MAX_RIDS = 8;

/** Reads one `m=` section. */
export function readSection(head: string, attributes: Attributes): Section {
  const [media = '', port = '', protocol = '', ...formats] = head.split(' ');
  const mid = attributes.get('mid')?.[0] ?? '';
  if (!MID.test(mid) || !/^\d{1,5}(\/\d+)?$/.test(port) || protocol === '') throw notSdp();
  const type = typeOf(media, protocol);
  const carries = type === 'audio' || type === 'video';
  const rids = carries ? readRids(attributes) : [];
  const ssrcs = carries ? readSsrcs(attributes) : { all: [], cname: undefined, msid: undefined };
  const [streamId = '', trackId = ''] = (attributes.get('msid')?.[0] ?? ssrcs.msid ?? '').split(' ');
  return {
    mid,
    type,
    protocol,
    formats,
    media,
    rejected: Number.parseInt(port, 10) === 0 && !attributes.has('bundle-only'),
    direction: DIRECTIONS.find((each) => attributes.has(each)) ?? 'sendrecv',
    codecs: carries ? readCodecs(media, formats, attributes) : [],
    extensions: carries ? readExtensions(attributes) : [],
    rids,
    simulcast: attributes.has('simulcast'),
    ssrcs: ssrcs.all,
    groups: carries ? readGroups(attributes, ssrcs.all) : [],
    cname: ssrcs.cname,
    measuresRoundTrip: (attributes.get('rtcp-xr') ?? []).some((line) => line.includes('rcvr-rtt')),
    streamId: streamId === '-' ? '' : streamId,
    trackId,
  };
}

function typeOf(media: string, protocol: string): Section['type'] {
  const type = TYPES.find((each) => each === media);
  const fits = type === 'application' ? protocol.endsWith('DTLS/SCTP') : /^(UDP|TCP)\/TLS\/RTP\/SAVPF?$/;
  if (typeof fits === 'boolean') return type !== undefined && fits ? type : 'other';
  return type !== undefined && fits.test(protocol) ? type : 'other';
}

function readExtensions(attributes: Attributes): Extension[] {
  const ids = new Set<number>();
  return (attributes.get('extmap') ?? []).map((line) => {
    const [name = '', uri = ''] = line.split(' ');
    const id = Number(name.split('/')[0]);
    // 15 ends a header, 0 pads it; beyond 255 there is none.
    if (!Number.isInteger(id) || id < 1 || id === 15 || id > 255 || uri === '' || ids.has(id)) throw notSdp();
    ids.add(id);
    return { id, uri };
  });
}

function readRids(attributes: Attributes): string[] {
  const declared = (attributes.get('rid') ?? []).flatMap((line) => {
    const [rid = '', way] = line.split(' ');
    return way === 'send' ? [rid] : [];
  });
  // Alternatives (`a,b`) and what begins paused (`~a`) are all the same here.
  const simulcast = /(?:^| )send ([^ ]+)/.exec(attributes.get('simulcast')?.[0] ?? '')?.[1];
  const order = simulcast?.split(/[;,]/).map((rid) => rid.replace(/^~/, ''));
  const rids = order?.filter((rid) => declared.includes(rid)) ?? declared;
  if (rids.length > MAX_RIDS || new Set(rids).size < rids.length || !rids.every((rid) => RID.test(rid)))
    throw notSdp();
  return rids;
}

function readSsrcs(attributes: Attributes) {
  const all = new Set<number>();
  let cname: string | undefined;
  let msid: string | undefined;
  for (const line of attributes.get('ssrc') ?? []) {
    const space = line.indexOf(' ');
    all.add(ssrcOf(space < 0 ? line : line.slice(0, space)));
    const rest = space < 0 ? '' : line.slice(space + 1);
    if (rest.startsWith('cname:')) cname ??= rest.slice('cname:'.length);
    else if (rest.startsWith('msid:')) msid ??= rest.slice('msid:'.length);
  }
  if (all.size > MAX_SSRCS) throw notSdp();
  return { all: [...all], cname, msid };
}

function readGroups(attributes: Attributes, declared: readonly number[]): SsrcGroup[] {
  return (attributes.get('ssrc-group') ?? []).map((line) => {
    const [semantics = '', ...ssrcs] = line.split(' ');
    const numbers = ssrcs.filter((each) => each !== '').map(ssrcOf);
    if (!numbers.every((ssrc) => declared.includes(ssrc))) throw notSdp();
    return { semantics, ssrcs: numbers };
  });
}

function ssrcOf(text: string): number {
  const ssrc = Number(text);
  if (!/^\d{1,10}$/.test(text) || ssrc < 1 || ssrc > 0xffff_ffff) throw notSdp();
  return ssrc;
}
