import {
  type AddTrackRequest,
  RequestResponse_Reason as Reason,
  RequestResponse,
  type SignalRequest,
  TrackInfo,
  TrackSource,
} from '@livekit/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { Uplink } from './uplink.ts';

const { CAMERA, MICROPHONE, SCREEN_SHARE, SCREEN_SHARE_AUDIO } = TrackSource;

const section = (mid: string, kind: 'audio' | 'video', track: string, way = 'sendonly') =>
  `m=${kind} 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:${mid}\r\na=${way}\r\na=msid:- ${track}\r\n`;
const offer = (...sections: string[]) =>
  `v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n${sections.join('')}`;

/** The engine: takes every track but those of refused sources. */
let refuses: TrackSource[];
let sent: SignalRequest['message'][];
let uplink: Uplink;
beforeEach(() => {
  refuses = [];
  sent = [];
  uplink = new Uplink();
});

const send = (message: SignalRequest['message']) => {
  sent.push(message);
  if (message.case !== 'addTrack') return;
  const { value } = message;
  const { cid, source } = value;
  queueMicrotask(() => {
    if (!refuses.includes(source)) uplink.taken(cid, new TrackInfo({ sid: `TR_${cid}` }));
    else uplink.answered(new RequestResponse({ reason: Reason.NOT_ALLOWED, request: message }));
  });
};
const announced = (): AddTrackRequest[] =>
  sent.splice(0).flatMap((message) => (message.case === 'addTrack' ? [message.value] : []));
const announce = (sdp: string, said = {}) => uplink.announce(sdp, said, send);

describe('what an offer publishes', () => {
  it('is announced once, by what its sections are likely to be', async () => {
    const first = offer(section('0', 'audio', 'mic'), section('1', 'video', 'cam'));
    expect(await announce(first)).toEqual({ sdp: first, refused: [] });
    expect(announced().map(({ cid, source }) => [cid, source])).toEqual([
      ['mic', MICROPHONE],
      ['cam', CAMERA],
    ]);
    const more = [section('2', 'video', 'screen'), section('3', 'audio', 'sound')];
    await announce(`${first}${more.join('')}`);
    expect(announced().map(({ cid, source }) => [cid, source])).toEqual([
      ['screen', SCREEN_SHARE],
      ['sound', SCREEN_SHARE_AUDIO],
    ]);
  });

  it('is what the client says, where that fits its kind', async () => {
    await announce(offer(section('0', 'video', 'a'), section('1', 'audio', 'b')), {
      0: 'screen_share',
      1: 'camera',
    });
    expect(announced().map(({ source }) => source)).toEqual([SCREEN_SHARE, MICROPHONE]);
  });

  it('begins anew in a section that carries another track, and ends with one that sends nothing', async () => {
    await announce(offer(section('0', 'video', 'one')));
    await announce(offer(section('0', 'video', 'two')));
    await announce(offer(section('0', 'video', 'two', 'inactive')));
    await announce(offer(section('0', 'video', 'two')));
    expect(announced().map(({ cid, source }) => [cid, source])).toEqual([
      ['one', CAMERA],
      ['two', CAMERA],
      ['two', CAMERA],
    ]);
  });

  it('is silent where it is refused, so that it passes for nothing else', async () => {
    refuses = [SCREEN_SHARE];
    const sdp = offer(section('0', 'video', 'screen'), section('1', 'video', 'cam'));
    const found = await announce(sdp, { 0: 'screen_share', 1: 'camera' });
    expect(found.refused).toEqual([{ mid: '0', source: 'screen_share', reason: Reason.NOT_ALLOWED }]);
    const [, screen, cam] = found.sdp.split(/(?=m=)/);
    expect(screen).toContain('a=inactive');
    expect(screen).not.toContain('a=sendonly');
    expect(cam).toContain('a=sendonly');
  });

  it('that the server has ended is taken back first, and may come again', async () => {
    const sdp = offer(section('0', 'video', 'cam'));
    await announce(sdp);
    announced();
    expect(uplink.ended('TR_cam')).toEqual({ mid: '0', source: 'camera', reason: Reason.NOT_ALLOWED });
    expect(uplink.ended('TR_cam')).toBeUndefined();
    expect((await announce(sdp)).sdp).toContain('a=inactive');
    expect(announced()).toHaveLength(1);
    expect((await announce(sdp)).sdp).toBe(sdp);
    expect(announced()).toEqual([]);
  });

  it('is refused as a whole when it is no offer', async () => {
    for (const sdp of ['', 'v=0\r\n', 'nonsense', offer(...Array(101).fill(section('0', 'audio', 'a')))]) {
      await expect(announce(sdp)).rejects.toMatchObject({ code: 'invalid', details: { field: 'sdp' } });
    }
  });
});

describe('muting', () => {
  it('follows what is said before and after the track is there', async () => {
    uplink.say({ audio: false, video: true }, send);
    await announce(offer(section('0', 'audio', 'mic'), section('1', 'video', 'cam')));
    expect(announced().map(({ muted }) => muted)).toEqual([true, false]);
    uplink.say({ audio: true, video: true }, send);
    uplink.say({ audio: true }, send);
    expect(sent).toMatchObject([{ case: 'mute', value: { sid: 'TR_mic', muted: false } }]);
  });

  it('by the server is known, so that the client can turn it on again', async () => {
    uplink.say({ audio: true }, send);
    await announce(offer(section('0', 'audio', 'mic')));
    announced();
    expect(uplink.muted('TR_mic', true)).toEqual({ mid: '0', source: 'microphone' });
    expect(uplink.muted('TR_other', true)).toBeUndefined();
    uplink.say({ audio: true }, send);
    expect(sent).toMatchObject([{ case: 'mute', value: { sid: 'TR_mic', muted: false } }]);
  });
});

it('nothing waits for a session that is over', async () => {
  const waiting = uplink.announce(offer(section('0', 'audio', 'mic')), {}, () => {});
  uplink.reset();
  expect((await waiting).refused).toEqual([]);
});
