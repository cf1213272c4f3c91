import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dispose } from '@livekit/rtc-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mediaFrom } from '../../src/config/media.ts';
import { DEPARTURE_S, roomsWithMedia } from '../contracts/d/with-media.ts';
import {
  hasGo,
  LIVEKIT_KEY,
  LIVEKIT_SECRET,
  type LiveKitNode,
  startLiveKit,
} from '../support/livekit-server.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

describe.skipIf(!hasGo())('contract D on a LiveKit cluster (needs Go)', () => {
  let server: TestServer;
  let node: LiveKitNode;
  let hooks: Server;
  let drop: (event: string) => boolean = () => false;

  beforeAll(async () => {
    // LiveKit is told where its webhooks go before our server has an address; and some are lost on the way.
    hooks = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString();
      const { event } = JSON.parse(body) as { event: string };
      if (drop(event)) {
        response.end();
        return;
      }
      const { authorization = '', 'content-type': type = '' } = request.headers;
      const headers = { authorization, 'content-type': type };
      // When the tests are over, the last ones find nobody.
      await fetch(`${server.url}/api/webhooks/livekit`, { method: 'POST', headers, body }).then(
        ({ status }) => response.writeHead(status).end(),
        () => response.writeHead(502).end(),
      );
    }).listen(0, '127.0.0.1');
    await once(hooks, 'listening');
    node = await startLiveKit({
      webhookUrls: [`http://127.0.0.1:${(hooks.address() as AddressInfo).port}/`],
    });
    const media = mediaFrom({
      MEDIA_ENGINE: 'livekit',
      LIVEKIT_URL: node.url,
      LIVEKIT_API_KEY: LIVEKIT_KEY,
      LIVEKIT_API_SECRET: LIVEKIT_SECRET,
      DEPARTURE_TIMEOUT_S: String(DEPARTURE_S),
    });
    server = await startTestServer({ media });
  });
  afterAll(async () => {
    await dispose();
    await server.close();
    await node.stop();
    hooks.close();
  });

  roomsWithMedia(() => ({
    server,
    drop: (what) => {
      drop = what;
    },
  }));

  test('a webhook that LiveKit has not signed is refused in D’s envelope', async () => {
    const post = (authorization?: string) =>
      fetch(`${server.url}/api/v1/webhooks/livekit`, {
        method: 'POST',
        headers: {
          'content-type': 'application/webhook+json',
          ...(authorization === undefined ? {} : { authorization }),
        },
        body: '{"event":"room_started"}',
      });
    for (const authorization of [undefined, 'not.a.token']) {
      const answer = await post(authorization);
      const told = (await answer.json()) as { code: number; msg: string };
      expect([answer.status, told.code, told.msg]).toEqual([401, 401, expect.stringMatching(/登录|令牌/)]);
    }
  });
});
