import type { AudioLevel, Layers, SourceStats, TransportStats } from './measures.ts';

/**
 * What carries media: mediasoup behind the words that rooms use. No file outside this folder knows
 * of SDP, RTP parameters or mediasoup. Nothing here knows of participants, permissions or LiveKit's
 * messages.
 */
export interface MediaPlane {
  /** Opens a room on the least loaded worker; many people are shared by several. Throws `unavailable` when there is none. */
  openRoom(name: string, heard: RoomMediaEvents): Promise<RoomMedia>;
  /** Of each worker: pid, CPU seconds, rooms, consumers; for metrics. */
  readonly load: () => Promise<readonly WorkerLoad[]>;
  /** The stock worker sends with the router's numbers; ours can map them per receiver. */
  readonly mapsNumbers: boolean;
  close(): Promise<void>;
}

export interface WorkerLoad {
  readonly pid: number;
  readonly cpuS: number;
  readonly rooms: number;
  readonly consumers: number;
}

export interface RoomMediaEvents {
  /** Loudest first, who spoke lately; an empty list when nobody does. At most every 300 ms. */
  levels(levels: readonly AudioLevel[]): void;
  /** The worker died: everything of this room is gone. Open another one. */
  lost(): void;
}

/** One room's media, possibly on several workers: sources are piped to where a receiver is. */
export interface RoomMedia {
  /** Both connections of a client, made at the same time; they share nothing but their place. */
  connect(events: PeerEvents, how?: ConnectHow): Promise<Peer>;
  close(): void;
}

export interface ConnectHow {
  /**
   * One connection, which is both `publisher` and `subscriber`: the client offers, also the sections
   * in which it is sent something; events are told of target 0. Needs `mapsNumbers`.
   */
  readonly single?: boolean;
}

/** A client's two connections: it offers on `publisher`, the server offers on `subscriber`. */
export interface Peer {
  readonly publisher: Publisher;
  readonly subscriber: Subscriber;
  stats(): Promise<TransportStats>;
  /** Sends it no more than so many bits a second, as if its way were that narrow; 0 ends that. */
  limit(bitsPerSecond: number): void;
  close(): void;
}

export interface PeerEvents extends PublisherEvents, SubscriberEvents {
  /** `target` as LiveKit's SignalTarget: 0 publisher, 1 subscriber. */
  state(target: 0 | 1, state: 'connected' | 'disconnected' | 'failed' | 'closed'): void;
  /** To be trickled to the client: JSON-ready RTCIceCandidateInit. */
  candidate(target: 0 | 1, candidate: { candidate: string; sdpMid: string; sdpMLineIndex: number }): void;
  /** A whole message on a channel of the client's own naming, from either connection. `text` as its PPID says. */
  data(label: string, payload: Buffer, text: boolean): void;
}

/** A media section of the client's offer that now sends and did not before. */
export interface OfferedTrack {
  readonly mid: string;
  readonly kind: 'audio' | 'video';
  /** From `a=msid`; empty where the offer has none. */
  readonly streamId: string;
  readonly trackId: string;
  /** Lower case, in the order offered: `video/vp8`, without rtx, red, fec. */
  readonly codecs: readonly string[];
  /** `a=rid` of simulcast, in the order offered. */
  readonly rids: readonly string[];
}

/** How the room wants a section carried. */
export interface AcceptedTrack {
  /** The room's handle, given back in `published` and `ended`. */
  readonly trackSid: string;
  /** Put first in the answer; the first offered that we carry when absent or not offered. Lower-case MIME. */
  readonly codec?: string;
  readonly stereo: boolean;
  readonly dtx: boolean;
}

export interface PublisherEvents {
  /** MIME types that the client may publish, its device being known to fail at the others; absent: all. */
  readonly publishable?: readonly string[];
  /** Which announced track the section carries; undefined: it is answered inactive. Synchronous. */
  match(offered: OfferedTrack): AcceptedTrack | undefined;
  published(accepted: AcceptedTrack, mid: string, source: Source): void;
  /** The section no longer sends; its source is closed. */
  ended(trackSid: string, mid: string): void;
}

export interface Publisher {
  /**
   * Answers an offer, in order. All sections are answered with every codec of the room that was
   * offered; sections that cannot be served are inactive. Throws `invalid` for SDP that is none.
   * A changed ICE user fragment restarts ICE.
   */
  answer(sdp: string): Promise<{ sdp: string; midToTrack: Record<string, string> }>;
  readonly connected: boolean;
  readonly data: DataLink;
}

/** What somebody publishes: one codec of one track. */
export interface Source {
  readonly id: string;
  readonly kind: 'audio' | 'video';
  /** `video/VP8`. */
  readonly mime: string;
  /** Rids in rising quality; empty for a single encoding. */
  readonly rids: readonly string[];
  /** Spatial layers within one stream (VP9), 1 otherwise. */
  readonly svcLayers: number;
  readonly closed: boolean;
  pause(): void;
  resume(): void;
  close(): void;
  stats(): Promise<SourceStats>;
}

export interface SubscriberEvents {
  /** LiveKit's `offer` with its `id` and `mid_to_track_id`. */
  offer(sdp: string, id: number, midToTrack: Record<string, string>): void;
  /**
   * With a single connection: the client is to offer again, with so many more sections in which it
   * receives; none more where those of before suffice. LiveKit's `media_sections_requirement`.
   */
  needs?(audios: number, videos: number): void;
}

export interface Subscriber {
  /**
   * Sends the first offer, at once if there are no tracks yet: clients wait for it, unless they are
   * `late`, who get it with their first track. Later changes offer themselves.
   * With a single connection nothing is offered: what is added waits for the client's next offer.
   */
  start(how?: { late: boolean }): void;
  /**
   * Adds a section for the source; offers coalesce, one is outstanding at a time, media flows after
   * the client's answer. The handle's `refused` is called when the answer does not take the codec.
   */
  add(source: Source, about: DownlinkAbout): Downlink;
  /** Of the client's answer; stale ids are ignored. Throws `invalid` for SDP that is none. */
  answer(sdp: string, id: number): Promise<void>;
  /** New ICE credentials and a fresh offer: after a resume. */
  restart(): void;
  readonly connected: boolean;
  readonly data: DataLink;
}

export interface DownlinkAbout {
  readonly trackSid: string;
  /** The whole first token of `a=msid`: `PA_...|stream`. */
  readonly streamId: string;
  readonly paused: boolean;
  /** The client's answer does not take the source's codec; the downlink is closed then. */
  refused(): void;
  /** What is sent changed: null when the estimate leaves room for no layer of it. */
  layers(now: Layers | null): void;
}

/** One source on its way to one client. */
export interface Downlink {
  readonly trackSid: string;
  readonly source: Source;
  pause(): void;
  resume(): void;
  /** Greatest layers wanted; ignored for audio and single encodings. */
  prefer(layers: Layers): void;
  /** 1 to 255. */
  prioritize(priority: number): void;
  /** The section becomes inactive. */
  close(): void;
}

/** Data channels of one connection, by their labels; who opens them is this side's business. */
export interface DataLink {
  /**
   * Sends on the channel of this label; the payload is not to be changed afterwards. True: it is on
   * its way, or waits in this receiver's own bounded queue. False: dropped, for the label is unknown
   * or closed, a lossy channel is behind, or a reliable receiver takes less than it is waited for.
   * A promise of these: the queue is full and the receiver worth waiting for, so that whoever sends
   * should wait (`hold`) until it settles. Never rejects.
   */
  send(label: string, payload: Uint8Array): boolean | Promise<boolean>;
  readonly open: (label: string) => boolean;
  /**
   * Makes this client wait: what it sends on its data channels is not taken, and its own SCTP stops
   * it. Needs our worker; with the stock one it does nothing, and only the bounds of `send` hold.
   */
  hold(held: boolean): void;
}
