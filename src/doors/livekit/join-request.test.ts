import { gzipSync } from 'node:zlib';
import {
  AddTrackRequest,
  ClientInfo,
  ClientInfo_SDK,
  ConnectionSettings,
  JoinRequest,
  SessionDescription,
  WrappedJoinRequest,
  WrappedJoinRequest_Compression,
} from '@livekit/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LiveKitWorld } from './livekit.fixture.ts';
import { liveKitWorld } from './livekit.fixture.ts';

const JOIN = { roomJoin: true, room: 'r' };
const offer = new SessionDescription({ type: 'offer', sdp: 'v=0', id: 1 });
const asked = new JoinRequest({
  clientInfo: new ClientInfo({ sdk: ClientInfo_SDK.GO, protocol: 17 }),
  connectionSettings: new ConnectionSettings({ autoSubscribe: true, adaptiveStream: true }),
  metadata: 'mine',
  participantAttributes: { a: '1' },
  addTrackRequests: [new AddTrackRequest({ cid: 'cam' })],
  publisherOffer: offer,
});

const { GZIP, NONE } = WrappedJoinRequest_Compression;
const wrapped = (bytes: Uint8Array, compression: WrappedJoinRequest_Compression) =>
  Buffer.from(new WrappedJoinRequest({ compression, joinRequest: Buffer.from(bytes) }).toBinary()).toString(
    'base64url',
  );

let world: LiveKitWorld;
beforeEach(async () => {
  world = await liveKitWorld({ singlePeer: true });
});
afterEach(() => world.close());

const refusal = async (token: string, query: Record<string, string>, path: string) =>
  world.connect(token, query, path).opened.then(
    () => 'opened',
    (error: Error) => error.message,
  );

describe('a client with a single peer connection', () => {
  it.each([
    ['/rtc/v1', GZIP],
    ['/rtc/v1', NONE],
    ['/rtc', GZIP],
  ])('comes in by %s with what it has sent along', async (path, compression) => {
    const bytes = compression === GZIP ? gzipSync(asked.toBinary()) : asked.toBinary();
    const token = await world.token({ ...JOIN, canUpdateOwnMetadata: true });
    const client = world.connect(token, { join_request: wrapped(bytes, compression) }, path);
    await client.opened;
    expect(world.sessions[0]).toMatchObject({
      asked: {
        singlePeer: true,
        autoSubscribe: true,
        adaptiveStream: true,
        metadata: 'mine',
        attributes: { a: '1' },
        client: { protocol: 17, address: '127.0.0.1' },
      },
      received: [
        { case: 'addTrack', value: { cid: 'cam' } },
        { case: 'offer', value: { sdp: 'v=0', id: 1 } },
      ],
    });
  });

  it('says of itself no more than is useful', async () => {
    const clientInfo = new ClientInfo({
      sdk: ClientInfo_SDK.GO,
      os: 'o'.repeat(500_000),
      capabilities: Array.from({ length: 200_000 }, (_, n) => n % 2),
    });
    const bytes = gzipSync(new JoinRequest({ clientInfo }).toBinary());
    await world.connect(await world.token(JOIN), { join_request: wrapped(bytes, GZIP) }, '/rtc/v1').opened;
    expect(world.sessions[0]).toMatchObject({
      asked: { client: { sdk: ClientInfo_SDK.GO, os: 'o'.repeat(256), capabilities: [0, 1] } },
    });
  });

  it('comes back with its session’s name', async () => {
    const again = new JoinRequest({
      reconnect: true,
      participantSid: 'PA_7',
      publisherOffer: offer,
    });
    const query = { join_request: wrapped(again.toBinary(), NONE) };
    await world.connect(await world.token(JOIN), query, '/rtc/v1').opened;
    expect(world.sessions[0]).toMatchObject({ asked: { sid: 'PA_7' }, received: [{ case: 'offer' }] });
  });

  it('is refused what its token does not grant, and a request that is none', async () => {
    const token = await world.token(JOIN);
    const tried = (request: string) => refusal(token, { join_request: request }, '/rtc/v1');
    expect(await tried(wrapped(asked.toBinary(), NONE))).toBe('401 permissions denied');
    expect(await refusal(token, {}, '/rtc/v1')).toBe('400 join_request is required');
    expect(await tried('_____')).toBe('400 cannot unmarshal wrapped join request');
    expect(await tried(wrapped(Buffer.from([0xff, 0xff]), NONE))).toBe('400 cannot unmarshal join request');
    expect(await tried(wrapped(Buffer.from('no gzip'), GZIP))).toBe(
      '400 cannot read decompressed join request',
    );
    expect(await tried(wrapped(gzipSync(Buffer.alloc(2_000_000)), GZIP))).toBe('400 join request too large');
    expect(world.sessions).toEqual([]);
  });

  it('is not found where the engine cannot serve it', async () => {
    await world.close();
    world = await liveKitWorld();
    const token = await world.token({ ...JOIN, canUpdateOwnMetadata: true });
    const query = { join_request: wrapped(asked.toBinary(), NONE) };
    expect(await refusal(token, query, '/rtc/v1')).toBe('404 not found');
    expect(await refusal(token, query, '/rtc')).toBe('404 not found');
    expect(await refusal('', {}, '/rtc/v1')).toBe('404 not found');
  });
});
