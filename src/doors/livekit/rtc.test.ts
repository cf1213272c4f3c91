import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { START } from '../../core/users/people.fixture.ts';
import type { LiveKitWorld } from './livekit.fixture.ts';
import { Client, liveKitWorld } from './livekit.fixture.ts';

const JOIN = { roomJoin: true, room: 'r' };

let world: LiveKitWorld;
beforeEach(async () => {
  world = await liveKitWorld({ autoCreate: false });
});
afterEach(() => world.close());

async function ask(path: string, init: RequestInit = {}) {
  const response = await fetch(world.url + path, init);
  return { status: response.status, text: await response.text(), headers: response.headers };
}
const validate = (token: string, query = '') => ask(`/rtc/validate?access_token=${token}${query}`);

describe('a join that is asked about beforehand', () => {
  it('would be let in', async () => {
    const open = await liveKitWorld({ autoCreate: true });
    try {
      const response = await fetch(`${open.url}/rtc/validate`, {
        headers: { authorization: `Bearer ${await open.token(JOIN)}` },
      });
      expect([response.status, await response.text()]).toEqual([200, 'success']);
      expect(open.calls).toEqual([]);
    } finally {
      await open.close();
    }
  });

  it('would be refused, in the status and the words of the join itself', async () => {
    expect(await validate('rubbish')).toMatchObject({ status: 401, text: 'invalid token' });
    expect(await ask('/rtc/validate')).toMatchObject({ status: 401, text: 'permissions denied' });
    expect(await ask('/rtc/validate', { headers: { authorization: 'bearer xyz' } })).toMatchObject({
      status: 401,
      text: 'invalid authorization header. Must start with Bearer ',
    });
    const expired = await world.token(JOIN, { exp: START / 1000 - 61 });
    expect(await validate(expired)).toMatchObject({ status: 401, text: 'invalid token: token is expired' });
    const good = await world.token(JOIN);
    expect(await validate(good)).toMatchObject({ status: 404, text: 'requested room does not exist' });
    expect(await validate(good, '&attributes=rubbish')).toMatchObject({
      status: 400,
      text: 'cannot decode attributes',
    });
    const badRoom = await world.token(JOIN, { roomConfig: { maxParticipants: 'many' } });
    expect(await validate(badRoom)).toMatchObject({ status: 401 });
    expect(world.sessions).toEqual([]);
  });
});

describe('what clients find out by', () => {
  it.each(['/rtc', '/rtc/v1', '/rtc/v1/validate', '//rtc/v1/validate'])(
    '%s is not there, for pages of any origin, and not as a missing room',
    async (path) => {
      const answer = await ask(path, { headers: { origin: 'https://app.test' } });
      expect(answer.status).toBe(404);
      expect(answer.text).not.toContain('requested room');
      expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.test');
    },
  );

  it('the newer protocol’s socket is refused at once', async () => {
    for (const path of ['/rtc/v1', '//rtc/v1']) {
      const client = new Client(world.url.replace('http', 'ws') + path);
      await expect(client.opened).rejects.toThrow('404 not found');
    }
  });

  it('the server is there', async () => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await ask('/', { method, headers: { origin: 'https://app.test' } });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.test');
    }
  });

  it('pages of any origin may ask, with a token in a header', async () => {
    const answer = await ask('/rtc/validate', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.test',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.test');
    expect(answer.headers.get('access-control-allow-headers')).toBe('authorization');
    const other = await ask('/api/users', { headers: { origin: 'https://app.test' } });
    expect(other.headers.get('access-control-allow-origin')).toBe(null);
  });
});
