import { afterAll, beforeAll, expect, it } from 'vitest';
import { RtcClient } from '../support/rtc-client.ts';
import type { Person, TestServer } from '../support/server.ts';
import { api, EMBEDDED, startTestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';
import { enter, join, people, plan } from './client.ts';

/** Sockets without any media of their own, beside LiveKit's client for Node. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ media: EMBEDDED });
});
afterAll(() => server.close());

async function livekit(person: Person, id: number): Promise<RtcClient> {
  const { body } = await join(server, person, id);
  return RtcClient.join(body.data.url, body.data.token);
}

const members = (id: number) => server.app.engine.members(`meet_${id}`);

it('offers what others publish to sockets that take it, by the numbers of people', async () => {
  const [ann, bob, cy, dee] = await people(server, 'ann', 'bob', 'cy', 'dee');
  const id = await plan(server, ann);
  const a = await enter(server, ann, id);
  const state = await enter(server, cy, id, { media: false });
  // Dee is in the room by LiveKit's client; her socket forgets to say so.
  const own = await livekit(dee, id);
  const beside = await enter(server, dee, id);
  expect(a.of('joined')[0]?.data).toMatchObject({ url: server.wsUrl, token: expect.stringMatching(/^ey/) });
  const other = await livekit(bob, id);
  await other.publish('audio', 'microphone');
  const offer = await a.next('offer');
  expect(offer).toMatchObject({
    from: 'server',
    data: {
      type: 'offer',
      session: expect.stringMatching(/^PA_/),
      tracks: [{ mid: '1', user_id: bob.id, source: 'microphone', muted: false }],
    },
  });
  expect(offer.data.sdp).toMatch(new RegExp(`^a=msid:${bob.id} TR_`, 'm'));
  await waitFor(() => a.of('media-state').some(({ from, data }) => from === bob.id && data.audio), {
    reason: 'the microphone to be told of',
  });

  await Promise.all([state.settle(), beside.settle()]);
  expect([state.of('offer'), beside.of('offer')]).toEqual([[], []]);
  expect((await members(id)).map(({ identity }) => identity).sort()).toEqual(
    [ann.uid, bob.uid, dee.uid].sort(),
  );
  expect(own.gone).toBe(false);
  state.send('offer', { sdp: 'v=0' });
  expect((await state.next('error')).data).toMatchObject({ reason: 'unsupported', of: 'offer' });

  // Who comes later is offered it as well, and the one who was let go of hears why.
  const again = await enter(server, ann, id);
  await again.next('offer');
  expect((await a.next('error')).data).toMatchObject({ code: 409, reason: 'conflict' });

  // Muted for everybody by the host; in the room's own words.
  await api(server, 'POST', `/api/v1/meetings/${id}/mute`, { token: ann.token, body: { user_id: bob.id } });
  await waitFor(
    async () => (await members(id)).find(({ identity }) => identity === bob.uid)?.tracks[0]?.muted,
    { reason: 'the microphone to be muted' },
  );
  // Out of the meeting is out of the room.
  again.send('leave');
  await waitFor(async () => !(await members(id)).some(({ identity }) => identity === ann.uid), {
    reason: 'the member to be gone',
  });
  await api(server, 'DELETE', `/api/v1/meetings/${id}/participants/${bob.id}`, { token: ann.token });
  await waitFor(() => other.gone, { reason: 'the LiveKit client to be out' });
  await own.leave();
});

it('refuses what is no description, and goes on', async () => {
  const [ann] = await people(server, 'ann');
  const a = await enter(server, ann, await plan(server, ann));
  for (const sdp of [
    'nonsense',
    'v=0\r\n',
    'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=sendonly\r\n',
  ]) {
    a.send('offer', { sdp });
    expect((await a.next('error')).data.code).toBeGreaterThanOrEqual(400);
  }
  a.send('answer', { sdp: 'v=0' });
  expect((await a.next('error')).data).toMatchObject({ code: 409, of: 'answer' });
  a.send('ice-candidate', { candidate: 'nonsense', target: 'subscriber' });
  await a.settle();
});
