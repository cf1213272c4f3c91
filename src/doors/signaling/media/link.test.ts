import {
  LeaveRequest_Action as Action,
  DisconnectReason,
  JoinResponse,
  LeaveRequest,
  MuteTrackRequest,
  ParticipantInfo,
  RequestResponse_Reason as Reason,
  RequestResponse,
  SessionDescription,
  type SignalRequest,
  type SignalResponse,
  TrackInfo,
  TrackPublishedResponse,
  TrackSource,
  TrickleRequest,
} from '@livekit/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MediaSession, Wire } from '../../../core/media/index.ts';
import { MediaLink } from './link.ts';

const OFFER = (fingerprint = 'AA', mid = '0') =>
  `v=0\r\na=fingerprint:sha-256 ${fingerprint}\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:${mid}\r\n` +
  'a=sendonly\r\na=msid:- mic\r\n';

/** A member of the engine's room: answers what it is told, and keeps it. */
class Member implements MediaSession {
  readonly identity = 'ann';
  readonly room = 'meet_1';
  readonly sid: string;
  readonly wire: Wire;
  readonly got: SignalRequest['message'][] = [];
  allows = true;
  left: DisconnectReason | undefined;
  isGone = false;

  constructor(sid: string, wire: Wire) {
    this.sid = sid;
    this.wire = wire;
  }

  say(message: SignalResponse['message']): void {
    this.wire.send(message);
  }

  receive(message: SignalRequest['message']): void {
    this.got.push(message);
    if (message.case === 'addTrack') {
      const { cid } = message.value;
      const track = new TrackInfo({ sid: 'TR_mic' });
      const taken = { case: 'trackPublished', value: new TrackPublishedResponse({ cid, track }) } as const;
      const value = new RequestResponse({ reason: Reason.NOT_ALLOWED, request: message });
      queueMicrotask(() => this.say(this.allows ? taken : { case: 'requestResponse', value }));
    }
    if (message.case === 'offer') {
      const { id } = message.value;
      this.say({ case: 'answer', value: new SessionDescription({ type: 'answer', sdp: 'v=0', id }) });
    }
  }

  gone(): void {
    this.isGone = true;
  }

  leave(reason: DisconnectReason): void {
    this.left = reason;
  }

  end(reason: DisconnectReason, action = Action.DISCONNECT): void {
    this.say({ case: 'leave', value: new LeaveRequest({ reason, action }) });
    this.wire.end(reason);
  }
}

let members: Member[];
let resumable: boolean;
let told: { type: string; data: object }[];
let refused: string[];
let lost: number;
let link: MediaLink;

const outlet = () => ({
  send: (frame: { type: string; data: object }) => void told.push(frame),
  refuse: (error: { key: string }, more: { mid?: string } = {}) =>
    void refused.push(more.mid === undefined ? error.key : `${error.key} ${more.mid}`),
  lost: () => void lost++,
});
const last = () => members.at(-1) as Member;
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

beforeEach(() => {
  members = [];
  resumable = true;
  told = [];
  refused = [];
  lost = 0;
  const parts = {
    enter: async (wire: Wire) => {
      members.push(new Member(`PA_${members.length + 1}`, wire));
      return last();
    },
    resume: async (sid: string, wire: Wire) => {
      if (!resumable) return undefined;
      members.push(new Member(sid, wire));
      return last();
    },
    userId: async (identity: string) => (identity === 'bob' ? 2 : null),
    failed: (what: string, error: unknown) => {
      throw new Error(what, { cause: error });
    },
  };
  link = new MediaLink(parts, outlet());
});

describe('publishing', () => {
  it('enters with the first offer, announces and answers', async () => {
    await link.offer({ sdp: OFFER() });
    await link.offer({ sdp: OFFER() });
    expect(members).toHaveLength(1);
    expect(last().got.map((message) => message.case)).toEqual(['addTrack', 'offer', 'offer']);
    const answer = { type: 'answer', data: { type: 'answer', sdp: 'v=0', session: 'PA_1' } };
    expect(told).toEqual([answer, answer]);
  });

  it('tells what is refused by its section, and when the server mutes or ends it', async () => {
    await link.begin();
    last().allows = false;
    await link.offer({ sdp: OFFER() });
    expect(refused.splice(0)).toEqual(['signaling.track_refused 0']);
    last().allows = true;
    await link.offer({ sdp: OFFER() });
    last().say({ case: 'mute', value: new MuteTrackRequest({ sid: 'TR_mic', muted: true }) });
    expect(told.at(-1)).toEqual({ type: 'muted', data: { mid: '0', source: 'microphone', muted: true } });
    last().say({ case: 'trackUnpublished', value: { trackSid: 'TR_mic' } as never });
    expect(refused).toEqual(['signaling.track_refused 0']);
  });

  it('begins anew for a page that has', async () => {
    await link.offer({ sdp: OFFER('AA') });
    const [first] = members;
    await link.offer({ sdp: OFFER('BB') });
    expect(first?.left).toBe(DisconnectReason.CLIENT_INITIATED);
    expect(told.at(-1)?.data).toMatchObject({ session: 'PA_2' });
  });
});

describe('receiving', () => {
  it('names streams after people, says whose tracks they are, and trickles behind the offer', async () => {
    await link.begin();
    const tracks = [new TrackInfo({ sid: 'TR_c', source: TrackSource.CAMERA, muted: true })];
    const otherParticipants = [
      new ParticipantInfo({ sid: 'PA_bob', identity: 'bob', tracks }),
      new ParticipantInfo({ sid: 'PA_x', identity: 'recorder' }),
    ];
    last().say({ case: 'join', value: new JoinResponse({ otherParticipants }) });
    const sdp = 'v=0\r\na=msid:PA_bob|camera TR_c\r\na=msid:PA_x TR_y\r\n';
    const midToTrackId = { 1: 'TR_c', 2: 'TR_unknown' };
    last().say({ case: 'offer', value: new SessionDescription({ type: 'offer', sdp, id: 7, midToTrackId }) });
    const candidateInit = JSON.stringify({ candidate: 'candidate:1', sdpMid: '0' });
    last().say({ case: 'trickle', value: new TrickleRequest({ candidateInit, target: 1 }) });
    await settled();
    expect(told).toEqual([
      {
        type: 'offer',
        data: {
          type: 'offer',
          sdp: 'v=0\r\na=msid:2 TR_c\r\na=msid:recorder TR_y\r\n',
          tracks: [
            { mid: '1', user_id: 2, source: 'camera', muted: true },
            { mid: '2', user_id: null, source: null, muted: false },
          ],
          session: 'PA_1',
        },
      },
      { type: 'ice-candidate', data: { candidate: 'candidate:1', sdpMid: '0', target: 'subscriber' } },
    ]);
    link.answer({ sdp: 'v=0' });
    expect(last().got.at(-1)).toMatchObject({ case: 'answer', value: { id: 7 } });
  });

  it('has nothing to answer before it is offered something', async () => {
    await link.begin();
    expect(() => link.answer({ sdp: 'v=0' })).toThrow('signaling.no_offer');
  });
});

describe('when the engine lets go', () => {
  it('of an interrupted connection, takes the same member up again at once', async () => {
    await link.offer({ sdp: OFFER() });
    last().end(DisconnectReason.CONNECTION_TIMEOUT, Action.RESUME);
    await settled();
    expect(members.map(({ sid }) => sid)).toEqual(['PA_1', 'PA_1']);
    expect([refused, lost]).toEqual([[], 0]);
    await link.offer({ sdp: OFFER() });
    // It knows what is published already.
    expect(last().got.map((message) => message.case)).toEqual(['offer']);
  });

  it('for good, says so, and looks for what there is to receive', async () => {
    await link.begin();
    last().end(DisconnectReason.STATE_MISMATCH, Action.RECONNECT);
    expect([refused, lost, link.isIdle]).toEqual([['signaling.media_lost'], 1, true]);
    resumable = false;
    await link.begin();
    last().end(DisconnectReason.CONNECTION_TIMEOUT, Action.RESUME);
    await settled();
    expect([refused.length, lost, link.isIdle]).toEqual([2, 2, true]);
  });

  it('because another connection of this person came, waits for a word of its own', async () => {
    await link.begin();
    last().end(DisconnectReason.DUPLICATE_IDENTITY);
    expect([refused, lost, link.isIdle]).toEqual([['signaling.media_elsewhere'], 0, false]);
    await link.offer({ sdp: OFFER() });
    expect(link.sid).toBe('PA_2');
  });

  it('because somebody was removed, says nothing of its own', async () => {
    await link.begin();
    last().end(DisconnectReason.PARTICIPANT_REMOVED);
    expect([refused, lost]).toEqual([[], 0]);
  });
});

describe('a lost socket', () => {
  it('leaves the member behind, and the next one goes on with it', async () => {
    await link.offer({ sdp: OFFER() });
    const [first] = members;
    link.detach();
    expect([first?.isGone, link.sid, link.isIdle]).toEqual([true, 'PA_1', false]);
    expect(await link.attach(outlet())).toBe(true);
    expect(members).toHaveLength(2);
    link.detach();
    resumable = false;
    expect(await link.attach(outlet())).toBe(false);
  });

  it('that nobody comes back for is ended', async () => {
    await link.begin();
    link.detach();
    await link.forsake();
    expect(last().left).toBe(DisconnectReason.CLIENT_INITIATED);
    expect(link.sid).toBeUndefined();
  });

  it('before the session was there ends it when it comes', async () => {
    const begun = link.begin();
    link.leave();
    await expect(begun).rejects.toThrow('signaling.media_lost');
    expect(last().left).toBe(DisconnectReason.CLIENT_INITIATED);
  });
});
