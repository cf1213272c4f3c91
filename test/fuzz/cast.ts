import { makeScene, type Scene } from '../policy/scene.ts';
import { api, type TestServer } from '../support/server.ts';

/** Somebody who tries everything, and what they know. */
export interface Actor {
  name: string;
  token: string;
  /** Texts and numbers that mean something here: without them hardly a request gets further than a 404. */
  words: readonly string[];
  numbers: readonly number[];
  /** Answers 200 to them as long as they are who they were. */
  home: string;
  /** Paths they leave alone, or the only one they take. */
  without?: string | undefined;
  only?: string;
}

/** The one request that ends an account. */
const LEAVING = '/api/v1/users/account';
const HOME = '/api/v1/users/profile';

/** Each with a scene of their own, with one live thing in it. */
export async function castOf(server: TestServer): Promise<Actor[]> {
  const somebody = async (name: string, live: Live, as: 'owner' | 'admin' | 'guest' = 'owner') => {
    const scene = await makeScene(server);
    const token = as === 'guest' ? await scene.guest() : scene[as].token;
    return { name, token, home: HOME, without: LEAVING, ...(await known(scene, live)) };
  };
  return [
    await somebody('somebody who talks', (scene) => scene.connected()),
    await somebody('the owner of a room', (scene) => scene.room()),
    await somebody('the host of a meeting', (scene) => scene.meeting()),
    await somebody('somebody without an account', (scene) => scene.meeting(), 'guest'),
    await somebody('an administrator', (scene) => scene.meeting(), 'admin'),
    {
      ...(await somebody('a service', (scene) => scene.room())),
      token: server.service,
      home: '/api/v1/host/users',
      without: undefined,
    },
    {
      ...(await somebody('somebody who leaves', (scene) => scene.connected())),
      without: undefined,
      only: LEAVING,
    },
  ];
}

type Live = (scene: Scene) => Promise<string | number | { id: string }>;

async function known(scene: Scene, live: Live) {
  const thing = await live(scene);
  const inMeeting = typeof thing === 'number' ? await ofMeeting(scene, thing) : { words: [], numbers: [] };
  const { username, password, refreshToken } = await scene.account();
  const name = typeof thing === 'object' ? thing.id : thing;
  const people = [scene.owner, scene.friend, scene.spare, scene.suitor, scene.other];
  return {
    words: [
      ...people.map(({ uid }) => uid),
      ...[scene.groupId, scene.webhookId, 'phone', username, password, refreshToken],
      ...inMeeting.words,
      String(name),
    ],
    numbers: [
      ...people.map(({ id }) => id),
      ...inMeeting.numbers,
      ...(typeof name === 'number' ? [name] : []),
    ],
  };
}

/** What a meeting can have beside its people: a poll that is asked, breakout rooms, an invitation, a series. */
async function ofMeeting({ server, owner, series }: Scene, id: number) {
  const make = async (path: string, body: unknown) => {
    const { status, body: made } = await api(server, 'POST', `/api/v1/meetings/${id}/${path}`, {
      token: owner.token,
      body,
    });
    if (status >= 300) throw new Error(`${path} of a meeting: ${status}`);
    return made.data;
  };
  const { poll_id: poll } = await make('polls', { question: 'When?', options: ['Monday', 'Tuesday'] });
  await make(`polls/${poll}/open`, undefined);
  const { rooms } = await make('breakouts', { rooms: [{ name: 'Room 1' }], assign: 'free' });
  const { invitations } = await make('invitations', { invitees: ['somebody@example.com'] });
  return {
    words: [invitations[0].invitation_id],
    numbers: [poll, rooms[0].meeting_id, await series()],
  };
}
