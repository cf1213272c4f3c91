import {
  MuteTrackRequest,
  ParticipantPermission,
  RequestResponse_Reason as Reason,
  SessionDescription,
  SimulcastCodec,
  TrackSource,
  TrackType,
  UpdateLocalAudioTrack,
  UpdateLocalVideoTrack,
  UpdateParticipantRequest,
  VideoLayer,
  VideoQuality,
} from '@livekit/protocol';
import { describe, expect, it } from 'vitest';
import type { OfferedTrack } from '../media/types.ts';
import { camera, section, tell, World } from '../rooms.fixture.ts';

const offer = { case: 'offer', value: new SessionDescription({ type: 'offer', sdp: 'o', id: 1 }) } as const;
type Entered = Awaited<ReturnType<World['enter']>>;

async function publish(
  { session, peer }: Entered,
  request: ReturnType<typeof camera>,
  offered: OfferedTrack,
) {
  await tell(session, request);
  peer.offered = [offered];
  await tell(session, offer);
}

const layers = [VideoQuality.HIGH, VideoQuality.LOW, VideoQuality.MEDIUM].map(
  (quality) => new VideoLayer({ quality, height: 180 << quality }),
);

describe('publishing', () => {
  it('is confirmed before media, and known to the others when media begins', async () => {
    const world = new World();
    const a = await world.enter('a');
    const b = await world.enter('b');
    const simulcastCodecs = [new SimulcastCodec({ codec: 'vp8', cid: 'c1' })];
    await tell(a.session, camera('c1', { layers, simulcastCodecs }));
    const confirmed = a.client.last('trackPublished');
    expect(confirmed.cid).toBe('c1');
    expect(confirmed.track?.sid).toMatch(/^TR_VC/);
    expect(confirmed.track?.layers.map(({ quality }) => quality)).toEqual([0, 1, 2]);
    expect(confirmed.track).toMatchObject({ simulcast: true, stream: 'camera' });
    expect(b.client.knows('a')).toBeUndefined();

    a.peer.offered = [section('c1', { mid: '4', rids: ['q', 'h', 'f'] })];
    await tell(a.session, offer);
    const known = b.client.knows('a');
    expect(known?.isPublisher).toBe(true);
    expect(known?.tracks[0]).toMatchObject({ sid: confirmed.track?.sid, mid: '4', mimeType: 'video/vp8' });
    expect(known?.tracks[0]?.layers.map(({ rid }) => rid)).toEqual(['q', 'h', 'f']);
    expect(world.told).toContain('published cam of a');
    expect(world.events.at(-1)).toBe('track_published a cam');
  });

  it('says no more of a track than is useful', async () => {
    const world = new World();
    const a = await world.enter('a');
    const b = await world.enter('b');
    const features = Array.from({ length: 40_000 }, (_, n) => n);
    await tell(a.session, camera('c1', { layers: [new VideoLayer({ rid: 'r'.repeat(40_000) })] }));
    await tell(a.session, camera('c2', { audioFeatures: features }));
    const reasons = a.client.all('requestResponse').map(({ reason }) => reason);
    expect(reasons).toEqual([Reason.LIMIT_EXCEEDED, Reason.LIMIT_EXCEEDED]);
    await publish(a, camera('c3'), section('c3'));
    const trackSid = a.client.last('trackPublished').track?.sid ?? '';
    const value = new UpdateLocalAudioTrack({ trackSid, features });
    await tell(a.session, { case: 'updateAudioTrack', value });
    expect(b.client.knows('a')?.tracks[0]?.audioFeatures).toHaveLength(32);
  });

  it('takes whole MIME types as well as names, and another codec for one that is not carried', async () => {
    const { client, session } = await new World().enter('a');
    const codecs = ['video/vp8', 'av1', 'VP9'].map((codec) => new SimulcastCodec({ codec, cid: codec }));
    await tell(session, camera('c', { simulcastCodecs: codecs }));
    const track = client.last('trackPublished').track;
    expect(track?.codecs.map(({ mimeType }) => mimeType)).toEqual(['video/VP8', 'video/VP9']);
  });

  it('is refused without the right to it', async () => {
    const grant = { canPublishSources: ['microphone'] };
    const { client, session } = await new World().enter('a', { grant });
    await tell(session, camera('c'));
    expect(client.last('requestResponse')).toMatchObject({
      reason: Reason.NOT_ALLOWED,
      request: { case: 'addTrack' },
    });
    await tell(session, camera('m', { type: TrackType.AUDIO, source: TrackSource.MICROPHONE }));
    expect(client.last('trackPublished').track?.sid).toMatch(/^TR_AM/);
    await tell(session, camera('d', { type: TrackType.DATA, source: TrackSource.MICROPHONE }));
    expect(client.last('requestResponse').reason).toBe(Reason.UNSUPPORTED_TYPE);
  });

  it('is bounded for one member', async () => {
    const { client, session } = await new World().enter('a');
    for (let count = 0; count <= 300; count++) session.receive(camera(`c${count}`));
    await tell(session, camera('x'.repeat(2000)));
    expect(client.all('trackPublished').length).toBe(300);
    expect(client.all('requestResponse').map(({ reason }) => reason)).toEqual([
      Reason.LIMIT_EXCEEDED,
      Reason.LIMIT_EXCEEDED,
    ]);
  });

  it('matches a section by its id, by that of a codec, and else by its kind, each track once', async () => {
    const { client, session, peer } = await new World().enter('a');
    await tell(session, camera('c1', { name: 'one' }));
    const simulcastCodecs = [new SimulcastCodec({ codec: 'vp8', cid: 'other' })];
    await tell(session, camera('c2', { name: 'two', simulcastCodecs }));
    await tell(session, camera('c3', { name: 'three', type: TrackType.AUDIO }));
    peer.offered = [
      section('c3', { mid: '0', kind: 'audio', codecs: ['audio/opus'] }),
      section('other', { mid: '1' }),
      section('unknown', { mid: '2' }),
      section('surplus', { mid: '3' }),
    ];
    await tell(session, offer);
    const mids = client.all('trackPublished').map(({ track }) => track?.name);
    expect(mids).toEqual(['one', 'two', 'three']);
    expect(peer.sources.length).toBe(3);
  });

  it('gives media to the track that it was announced for', async () => {
    const world = new World();
    const a = await world.enter('a');
    const b = await world.enter('b');
    await tell(a.session, camera('c1', { name: 'one' }));
    await tell(a.session, camera('c2', { name: 'two' }));
    a.peer.offered = [section('c2', { mid: '7' })];
    await tell(a.session, offer);
    expect(b.client.knows('a')?.tracks.map(({ name, mid }) => `${name} ${mid}`)).toEqual(['two 7']);
  });

  it('adds a backup codec to a published track, and ends with the last of its codecs', async () => {
    const world = new World();
    const a = await world.enter('a');
    const simulcastCodecs = [
      new SimulcastCodec({ codec: 'vp9', cid: 'c1' }),
      new SimulcastCodec({ codec: 'vp8', cid: '' }),
    ];
    const request = camera('c1', { simulcastCodecs });
    await publish(a, request, section('c1', { mid: '1', codecs: ['video/vp9'] }));
    const sid = a.client.last('trackPublished').track?.sid ?? '';
    const backup = [new SimulcastCodec({ codec: 'vp8', cid: 'backup' })];
    await publish(a, camera('backup', { sid, simulcastCodecs: backup }), section('backup', { mid: '2' }));
    expect(a.client.last('trackPublished')).toMatchObject({ cid: 'backup', track: { sid } });
    expect(world.told).toContain('added video/vp8');
    const track = world.rooms.get('r')?.track(sid);
    expect([...(track?.sources.keys() ?? [])]).toEqual(['video/vp9', 'video/vp8']);

    a.peer.events.ended(sid, '1');
    expect(world.told).not.toContain('unpublished cam of a');
    a.peer.events.ended(sid, '2');
    expect(world.told).toContain('unpublished cam of a');
    expect(world.events.at(-1)).toBe('track_unpublished a cam');
    expect(world.rooms.get('r')?.track(sid)).toBeUndefined();
  });

  it('waits with a track of an id that is in use, until it is free', async () => {
    const a = await new World().enter('a');
    await publish(a, camera('c1'), section('c1'));
    const sid = a.client.last('trackPublished').track?.sid ?? '';
    await tell(a.session, camera('c1', { name: 'next' }));
    expect(a.client.last('requestResponse').reason).toBe(Reason.QUEUED);
    expect(a.client.all('trackPublished').length).toBe(1);
    a.peer.events.ended(sid, '1');
    expect(a.client.last('trackPublished')).toMatchObject({ cid: 'c1', track: { name: 'next' } });
  });

  it('is muted and unmuted for everybody, also before media begins', async () => {
    const world = new World();
    const a = await world.enter('a');
    const b = await world.enter('b');
    await tell(a.session, camera('c1', { muted: true }));
    a.peer.offered = [section('c1')];
    await tell(a.session, offer);
    const sid = a.client.last('trackPublished').track?.sid ?? '';
    expect(a.peer.sources[0]?.paused).toBe(true);
    await tell(a.session, { case: 'mute', value: new MuteTrackRequest({ sid, muted: false }) });
    expect(a.peer.sources[0]?.paused).toBe(false);
    for (const { client } of [a, b]) expect(client.knows('a')?.tracks[0]?.muted).toBe(false);
    expect(world.told).toContain('muted false of a');
    const said = b.client.got.length;
    await tell(a.session, { case: 'mute', value: new MuteTrackRequest({ sid, muted: false }) });
    expect(b.client.got.length).toBe(said);
  });

  it('stops when the right to it is taken, and the client is told', async () => {
    const world = new World();
    const a = await world.enter('a');
    const b = await world.enter('b');
    await publish(a, camera('c1'), section('c1'));
    await tell(a.session, camera('announced'));
    const permission = new ParticipantPermission({ canSubscribe: true, canPublishData: true });
    const asked = new UpdateParticipantRequest({ room: 'r', identity: 'a', permission });
    await world.rooms.service.updateParticipant(asked);
    const published = a.client.all('trackPublished')[0]?.track?.sid;
    expect(a.client.last('trackUnpublished').trackSid).toBe(published);
    expect(a.peer.sources[0]?.closed).toBe(true);
    expect(b.client.knows('a')).toMatchObject({ isPublisher: false, tracks: [] });
    expect(a.client.knows('a')?.permission?.canPublish).toBe(false);
    expect(world.told).toContain('permitted a');

    a.peer.offered = [section('announced')];
    await tell(a.session, offer);
    expect(a.peer.sources[1]?.closed).toBe(true);
    expect(b.client.knows('a')?.tracks).toEqual([]);
  });

  it('has its size changed by its publisher', async () => {
    const world = new World();
    const a = await world.enter('a');
    const b = await world.enter('b');
    await publish(a, camera('c1'), section('c1'));
    const trackSid = a.client.last('trackPublished').track?.sid ?? '';
    const value = new UpdateLocalVideoTrack({ trackSid, width: 640, height: 360 });
    await tell(a.session, { case: 'updateVideoTrack', value });
    expect(b.client.knows('a')?.tracks[0]).toMatchObject({ width: 640, height: 360 });
    const unknown = new UpdateLocalVideoTrack({ ...value, trackSid: 'TR_none' });
    await tell(a.session, { case: 'updateVideoTrack', value: unknown });
    expect(a.client.last('requestResponse').reason).toBe(Reason.NOT_FOUND);
  });

  it('ends with its publisher', async () => {
    const world = new World();
    const a = await world.enter('a');
    await publish(a, camera('c1'), section('c1'));
    a.session.leave(1);
    expect(world.events.slice(-2)).toEqual(['track_unpublished a cam', 'participant_left a']);
    expect(a.peer.sources[0]?.closed).toBe(true);
  });
});
