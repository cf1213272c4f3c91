import { DisconnectReason, ParticipantInfo_State as State } from '@livekit/protocol';
import { describe, expect, it } from 'vitest';
import { camera, section, settled, tell, World } from '../rooms.fixture.ts';

const CROWD = 16;

/** A room that is large, with what one of those in it is told from now on. */
async function crowded() {
  const world = new World();
  const others = [];
  for (let i = 0; i < CROWD; i++) others.push(await world.enter(`p${i}`));
  world.pass(1);
  const [hearer] = others;
  if (!hearer) throw new Error('nobody');
  const told = () =>
    hearer.client
      .all('update')
      .slice(before)
      .map(({ participants }) => participants.map(({ identity, state }) => `${identity} ${State[state]}`));
  const before = hearer.client.all('update').length;
  return { world, hearer, told };
}

describe('a large room', () => {
  it('is told of those who come and go once a second, of all of them together', async () => {
    const { world, told } = await crowded();
    const a = await world.join('a');
    await world.enter('b');
    const c = await world.enter('c');
    c.session.leave(DisconnectReason.CLIENT_INITIATED);
    expect(told()).toEqual([]);
    world.pass(1);
    expect(told()).toEqual([['a JOINED', 'b ACTIVE', 'c DISCONNECTED']]);
    world.pass(1);
    expect(told()).toHaveLength(1);
    a.peer.events.state(1, 'connected');
    world.pass(1);
    expect(told().at(-1)).toEqual(['a ACTIVE']);
  });

  it('knows at once who sends something, and when that one leaves', async () => {
    const { world, hearer, told } = await crowded();
    const a = await world.enter('a');
    await tell(a.session, camera('cam'));
    a.peer.offered = [section('cam')];
    await a.peer.publisher.answer('offer');
    expect(told()).toEqual([['a ACTIVE']]);
    expect(hearer.client.knows('a')?.tracks).toHaveLength(1);
    a.session.leave(DisconnectReason.CLIENT_INITIATED);
    expect(hearer.client.knows('a')?.state).toBe(State.DISCONNECTED);
    const count = told().length;
    world.pass(1);
    expect(told()).toHaveLength(count);
  });

  it('hears of the end of a session before the next one of the same identity', async () => {
    const { world, told } = await crowded();
    const first = await world.enter('a');
    first.session.leave(DisconnectReason.CLIENT_INITIATED);
    const second = await world.enter('a');
    expect(told()).toEqual([['a DISCONNECTED']]);
    world.pass(1);
    expect(told().at(-1)).toEqual(['a ACTIVE']);
    // One that is replaced has not gone, for clients of today.
    await world.enter('a');
    expect(second.client.ended).toBe(DisconnectReason.DUPLICATE_IDENTITY);
    world.pass(1);
    expect(told().slice(2)).toEqual([['a ACTIVE']]);
  });

  it('is not told of who is hidden meanwhile', async () => {
    const { world, told } = await crowded();
    await world.enter('recorder', { grant: { hidden: true } });
    await settled();
    world.pass(1);
    expect(told()).toEqual([]);
  });
});
