/** An offer or answer as far as it matters here, read from its text. */
export interface Description {
  readonly sections: readonly Section[];
  /** The first mids of `a=group:BUNDLE`; empty where there is none. */
  readonly bundled: readonly string[];
  readonly mixedExtensions: boolean;
  readonly ufrag: string;
  readonly setup: string;
  /** The strongest that is offered. */
  readonly fingerprint: Fingerprint | undefined;
}

export interface Fingerprint {
  readonly algorithm: 'sha-1' | 'sha-224' | 'sha-256' | 'sha-384' | 'sha-512';
  readonly value: string;
}

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface Section {
  readonly mid: string;
  readonly type: 'audio' | 'video' | 'application' | 'other';
  /** What stands in `m=`, for a refusal to repeat it. */
  readonly protocol: string;
  readonly formats: readonly string[];
  readonly media: string;
  /** Port 0 and not just bundled. */
  readonly rejected: boolean;
  readonly direction: Direction;
  /** In the order of preference. */
  readonly codecs: readonly OfferedCodec[];
  readonly extensions: readonly Extension[];
  /** Those it sends, in the order of `a=simulcast`, else of `a=rid`. */
  readonly rids: readonly string[];
  readonly simulcast: boolean;
  readonly ssrcs: readonly number[];
  readonly groups: readonly SsrcGroup[];
  readonly cname: string | undefined;
  /** `a=rtcp-xr:rcvr-rtt`: a receiver can measure its round trip. */
  readonly measuresRoundTrip: boolean;
  readonly streamId: string;
  readonly trackId: string;
}

export interface OfferedCodec {
  readonly payloadType: number;
  /** Lower case: `video/vp8`. */
  readonly mime: string;
  /** As it was written, for the answer: `VP8/90000`. */
  readonly encoding: string;
  readonly clockRate: number;
  readonly channels: number | undefined;
  readonly fmtp: string;
  readonly parameters: Readonly<Record<string, string | number>>;
  /** `nack pli`, `transport-cc`. */
  readonly feedback: readonly string[];
}

export interface Extension {
  readonly id: number;
  readonly uri: string;
}

export interface SsrcGroup {
  readonly semantics: string;
  readonly ssrcs: readonly number[];
}

/** This side of a connection, as its SDP tells it. */
export interface LocalTransport {
  readonly ufrag: string;
  readonly password: string;
  readonly fingerprint: Fingerprint;
  /** Lines without `a=`. */
  readonly candidates: readonly string[];
  /** None will be trickled. */
  readonly complete: boolean;
}
