import type { types } from 'mediasoup';
import type { Section } from './types.ts';

/** LiveKit's names, the lowest first; others count in the order offered. */
const RISING = ['q', 'h', 'f'];

/** Rids in rising quality. */
export function risingRids(rids: readonly string[]): string[] {
  if (!rids.every((rid) => RISING.includes(rid))) return [...rids];
  return RISING.filter((rid) => rids.includes(rid));
}

/** How the streams of a section are told apart, the lowest quality first. */
export function encodingsOf(section: Section): types.RtpEncodingParameters[] {
  if (section.rids.length > 0) return risingRids(section.rids).map((rid) => ({ rid }));
  const streams = section.groups.find(({ semantics }) => semantics === 'SIM')?.ssrcs ?? mainSsrcs(section);
  // Without any, its packets are known by their mid.
  if (streams.length === 0) return [{}];
  return streams.map((ssrc) => {
    const rtx = section.groups.find((each) => each.semantics === 'FID' && each.ssrcs[0] === ssrc)?.ssrcs[1];
    return rtx === undefined ? { ssrc } : { ssrc, rtx: { ssrc: rtx } };
  });
}

/** The one stream of a section without simulcast: what is declared first, and is no other's retransmission. */
function mainSsrcs({ ssrcs, groups }: Section): number[] {
  const second = new Set(groups.flatMap((group) => group.ssrcs.slice(1)));
  return ssrcs.filter((ssrc) => !second.has(ssrc)).slice(0, 1);
}

/** Changes when what a section sends is other streams than before. */
export function streamsOf(section: Section): string {
  return JSON.stringify(encodingsOf(section));
}
