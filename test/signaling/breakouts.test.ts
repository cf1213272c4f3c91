import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaFrom } from '../../src/config/media.ts';
import { api, type Person, startTestServer, type TestServer } from '../support/server.ts';
import { enter, people, plan } from './client.ts';

/** No engine: breakout rooms are of people who signal to each other. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ media: mediaFrom({ MEDIA_ENGINE: 'none' }) });
});
afterAll(() => server.close());

const call = (by: Person, method: string, path: string, body?: object) =>
  api(server, method, `/api/v1/meetings/${path}`, { token: by.token, body });

/** A meeting with a host and two more in it, each by a socket. */
async function scene() {
  const [host, ann, ben] = await people(server, 'host', 'ann', 'ben');
  const id = await plan(server, host);
  const sockets = { host: await enter(server, host, id), ann: await enter(server, ann, id) };
  await call(host, 'POST', `${id}/participants`, { user_id: ben.id });
  const open = async (more: object = {}) => {
    const rooms = [
      { name: 'Red', user_ids: [ann.id] },
      { name: 'Blue', user_ids: [ben.id] },
    ];
    const { body } = await call(host, 'POST', `${id}/breakouts`, { rooms, assign: 'manual', ...more });
    return body.data.rooms.map((room: { meeting_id: number }) => room.meeting_id) as [number, number];
  };
  return { id, host, ann, ben, sockets, open };
}

describe('breakout rooms on the wire', () => {
  it('each is told of their own room, also who comes later, and signals in it with those there', async () => {
    const { id, host, ann, ben, sockets, open } = await scene();
    const [red, blue] = await open({ minutes: 5 });
    const rooms = [
      { meeting_id: red, name: 'Red' },
      { meeting_id: blue, name: 'Blue' },
    ];
    const told = await sockets.ann.next('breakouts-opened');
    expect(told.data).toMatchObject({ free: false, closing: false, rooms, room: rooms[0] });
    expect(told.data.closes_at).toMatch(/Z$/);
    expect((await sockets.host.next('breakouts-opened')).data.room).toBeNull();
    const late = await enter(server, ben, id);
    expect(late.of('joined')[0]?.data.breakouts).toMatchObject({ rooms, room: rooms[1] });
    expect((await late.next('breakouts-opened')).data).toMatchObject({ rooms, room: rooms[1] });

    const a = await enter(server, ann, red);
    expect(a.of('joined')[0]?.data).toMatchObject({ parent_id: id, closes_at: told.data.closes_at });
    // Those in the meeting hear that somebody has come into a room, and ask who.
    await sockets.host.next('breakouts-changed');
    const h = await enter(server, host, red);
    h.send('offer', { sdp: 'v=0' }, ann.id);
    expect(await a.next('offer')).toMatchObject({ from: host.id, meeting_id: red });
    await a.settle();
    expect(a.of('breakouts-opened')).toEqual([]);

    // Out of the old room at once, and told where to go.
    await call(host, 'PUT', `${id}/breakouts/participants/${ann.id}`, { room: blue });
    expect((await a.gone()).code).toBe(4011);
    expect((await sockets.ann.next('breakouts-moved')).data).toMatchObject({
      user_id: ann.id,
      room: rooms[1],
    });
    const moved = await enter(server, ann, blue);
    await call(ann, 'POST', `${id}/breakouts/help`);
    expect((await sockets.host.next('breakouts-help')).data).toMatchObject({
      user_id: ann.id,
      room: rooms[1],
    });
    await late.settle();
    expect(late.of('breakouts-help')).toEqual([]);
    await call(host, 'POST', `${id}/breakouts/message`, { content: 'Two minutes' });
    expect(await moved.next('chat')).toMatchObject({ from: host.id, data: { content: 'Two minutes' } });
  });

  it('closing is told in the meeting and in the rooms; then they are over and the meeting goes on', async () => {
    const { id, host, ann, sockets, open } = await scene();
    const [red] = await open();
    const a = await enter(server, ann, red);
    await call(host, 'DELETE', `${id}/breakouts?grace_seconds=1`);
    const [there, here] = [await a.next('breakouts-closing'), await sockets.ann.next('breakouts-closing')];
    expect(there.data.closes_at).toBe(here.data.closes_at);
    expect((await a.next('meeting-ended')).data.reason).toBe('breakouts');
    expect((await a.gone()).code).toBe(4010);
    await sockets.ann.next('breakouts-closed');
    sockets.ann.send('chat', { content: 'back again' });
    expect((await sockets.host.next('chat')).data.content).toBe('back again');
  });

  it('whoever is removed from the meeting is out of the room, and its end ends them', async () => {
    const { id, host, ann, ben, open } = await scene();
    const [red, blue] = await open();
    const a = await enter(server, ann, red);
    const b = await enter(server, ben, blue);
    await call(host, 'DELETE', `${id}/participants/${ann.id}`);
    expect((await a.gone()).code).toBe(4011);
    await call(host, 'POST', `${id}/end`);
    expect((await b.gone()).code).toBe(4010);
  });
});
