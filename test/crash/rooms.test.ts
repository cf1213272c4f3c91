import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dispose } from '@livekit/rtc-node';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backends, type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { type ServerProcess, startProcess } from '../support/process.ts';
import { RtcClient } from '../support/rtc-client.ts';
import { api, sign } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

afterAll(() => dispose());

/** What `kill -9` may cost a room: its media for a moment, and nothing that was acknowledged. */
describe.each(backends())('the rooms of a killed server on %s', (backend) => {
  let database: FreshDatabase;
  let dataDir: string;
  let server: ServerProcess;
  let service: string;

  const boot = () =>
    startProcess({
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      MEDIA_ENGINE: 'embedded',
      RTC_PORT: '0',
      RTC_ANNOUNCED_ADDRESS: '127.0.0.1',
      RING_TIMEOUT_S: '2',
      EMPTY_ROOM_TIMEOUT_S: '4',
      // Longer than a client takes to come back to a busy machine.
      DEPARTURE_TIMEOUT_S: '10',
    });
  beforeEach(async () => {
    database = await freshDatabase(backend);
    dataDir = await mkdtemp(join(tmpdir(), 'parley-crash-'));
    server = await boot();
    service = await sign({ scope: 'service' });
  });
  afterEach(async () => {
    await server.stop('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
    await database[Symbol.asyncDispose]();
  });

  const ask = (method: string, path: string, body?: unknown) =>
    api(server, method, path, { token: service, ...(body === undefined ? {} : { body }) });
  const status = async (room: string) => (await ask('GET', `/api/rooms/${room}`)).body.data.status;
  const becomes = (room: string, wanted: number) =>
    waitFor(async () => (await status(room)) === wanted, {
      reason: `${room} to be ${wanted}`,
      timeoutMs: 40_000,
    });
  const parts = async (room: string) =>
    (await ask('GET', `/api/rooms/${room}/participants`)).body.data.map(
      (one: { uid: string; status: number }) => [one.uid, one.status],
    );
  async function crash() {
    await server.stop('SIGKILL');
    server = await boot();
  }

  it('end in time, and set their people free', async () => {
    await ask('POST', '/api/rooms', { creator: 'ann', room_name: 'r', uids: ['bob'], max_participants: 3 });
    await crash();
    await becomes('r', 3);
    expect(await parts('r')).toEqual([
      ['ann', 3],
      ['bob', 4],
    ]);
    const again = await ask('POST', '/api/rooms', { creator: 'ann', room_name: 'r2', uids: ['bob'] });
    expect(again.status, JSON.stringify(again.body)).toBe(200);
  });

  it('go on for who comes back to their media, and lose who does not', { timeout: 180_000 }, async () => {
    const made = await ask('POST', '/api/rooms', { creator: 'ann', room_name: 'm', max_participants: 3 });
    const came = await ask('POST', '/api/participants/join', { room_name: 'm', uid: 'bob' });
    const enter = (token: string) => RtcClient.join(server.url.replace('http', 'ws'), token);
    const before = [await enter(made.body.data.token), await enter(came.body.data.token)];
    await becomes('m', 1);
    await waitFor(() => before[0]?.room.remoteParticipants.size === 1, { reason: 'ann to see bob' });
    await server.stop('SIGKILL');
    await Promise.all(before.map((client) => client.leave()));
    server = await boot();
    // By the ticket from before the crash.
    const ann = await enter(made.body.data.token);
    await waitFor(async () => (await parts('m'))[1]?.[1] === 3, {
      reason: 'bob, who did not come back, to have left',
      // A minute, if it died before it knew of his media.
      timeoutMs: 80_000,
    });
    expect([await status('m'), await parts('m')]).toEqual([
      1,
      [
        ['ann', 1],
        ['bob', 3],
      ],
    ]);
    await ann.leave();
    await becomes('m', 2);
    const { body } = await ask('GET', '/api/v1/host/events?subject=room:m');
    expect(body.events.map(({ seq }: { seq: number }) => seq)).toEqual(
      body.events.map((_: unknown, i: number) => i + 1),
    );
  });
});
