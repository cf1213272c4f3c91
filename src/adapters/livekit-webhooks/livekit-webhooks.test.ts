import { Room, WebhookEvent } from '@livekit/protocol';
import { WebhookReceiver } from 'livekit-server-sdk';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { Hs256Tokens } from '../tokens/hs256-tokens.ts';
import { LiveKitWebhooks } from './livekit-webhooks.ts';

const KEY = 'key';
const SECRET = 'a secret of at least thirty-two bytes!';

interface Sent {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** An endpoint whose answers the test gives, one by one. */
function endpoint() {
  const sent: (Sent & { answer(status: number | Error): void })[] = [];
  const waiting: (() => void)[] = [];
  const http = {
    post(url: string, headers: Readonly<Record<string, string>>, body: string, givenUp?: AbortSignal) {
      const { promise, resolve, reject } = Promise.withResolvers<{ status: number }>();
      givenUp?.addEventListener('abort', () => reject(new Error('given up')));
      const answer = (status: number | Error) =>
        status instanceof Error ? reject(status) : resolve({ status });
      sent.push({ url, headers, body, answer });
      for (const wake of waiting.splice(0)) wake();
      return promise;
    },
  };
  const nth = async (n: number) => {
    while (sent.length <= n) await new Promise<void>((resolve) => waiting.push(resolve));
    return sent[n] as (typeof sent)[number];
  };
  return { http, sent, nth };
}

function hooks(urls = ['http://one.test/hook']) {
  const { http, sent, nth } = endpoint();
  let heard: (event: WebhookEvent) => void = () => {};
  const dropped: string[] = [];
  const failures: string[] = [];
  const webhooks = new LiveKitWebhooks({
    service: {
      listen(given) {
        heard = given;
        return () => {
          heard = () => {};
        };
      },
    },
    urls,
    signer: { codec: new Hs256Tokens(systemClock), key: KEY, secret: SECRET },
    http,
    clock: systemClock,
    failed: (what) => failures.push(what),
    dropped: (_, event) => dropped.push(event),
    firstRetryMs: 1,
    stopMs: 20,
  });
  const tell = (room: string, event: string) =>
    heard(
      new WebhookEvent({
        event,
        id: `EV_${event}`,
        createdAt: 1n,
        room: new Room({ name: room, sid: 'RM_x' }),
      }),
    );
  const events = () => sent.map(({ body }) => (JSON.parse(body) as { event: string }).event);
  return { webhooks, tell, sent, nth, events, dropped, failures };
}

describe("LiveKit's webhooks", () => {
  it("are what LiveKit's receiver takes, and nothing else is", async () => {
    const { tell, nth, webhooks } = hooks();
    tell('r', 'room_started');
    const { headers, body, answer } = await nth(0);
    expect(headers['Content-Type']).toBe('application/webhook+json');
    const receiver = new WebhookReceiver(KEY, SECRET);
    const event = await receiver.receive(body, headers.Authorization);
    expect(event).toMatchObject({ event: 'room_started', id: 'EV_room_started', room: { name: 'r' } });
    await expect(receiver.receive(body.replace('RM_x', 'RM_y'), headers.Authorization)).rejects.toThrow();
    answer(200);
    await webhooks.close();
  });

  it('come in the order of each room, and rooms do not wait for each other', async () => {
    const { tell, nth, sent, events, webhooks } = hooks();
    for (const event of ['a1', 'a2']) tell('a', event);
    for (const event of ['b1', 'b2']) tell('b', event);
    await nth(1);
    // Whichever of the two was signed first.
    expect(events().toSorted()).toEqual(['a1', 'b1']);
    const b1 = events().indexOf('b1');
    (await nth(b1)).answer(200);
    await nth(2);
    expect(events().slice(2)).toEqual(['b2']);
    (await nth(1 - b1)).answer(200);
    await nth(3);
    expect(events().slice(2)).toEqual(['b2', 'a2']);
    for (const { answer } of sent) answer(200);
    await webhooks.close();
  });

  it('are sent again while the endpoint may recover, the next ones behind them', async () => {
    const { tell, nth, events, webhooks, failures } = hooks();
    tell('a', 'one');
    tell('a', 'two');
    (await nth(0)).answer(503);
    (await nth(1)).answer(new Error('connection refused'));
    (await nth(2)).answer(429);
    (await nth(3)).answer(204);
    (await nth(4)).answer(200);
    expect(events()).toEqual(['one', 'one', 'one', 'one', 'two']);
    await webhooks.close();
    expect(failures).toEqual([]);
  });

  it('are given up after five attempts, or one that is the last word; the next one says how many', async () => {
    const { tell, nth, webhooks, sent, failures, dropped } = hooks();
    for (const event of ['one', 'two', 'three']) tell('a', event);
    for (let attempt = 0; attempt < 5; attempt++) (await nth(attempt)).answer(500);
    const second = await nth(5);
    expect(JSON.parse(second.body)).toMatchObject({ event: 'two', numDropped: 1 });
    second.answer(400);
    const third = await nth(6);
    expect(JSON.parse(third.body)).toMatchObject({ event: 'three', numDropped: 2 });
    third.answer(200);
    await webhooks.close();
    expect(sent).toHaveLength(7);
    expect(dropped).toEqual(['one', 'two']);
    expect(failures).toHaveLength(2);
  });

  it('are dropped when too many wait, and every address has a queue of its own', async () => {
    const { tell, nth, webhooks, dropped, sent } = hooks(['http://one.test/', 'http://two.test/']);
    for (let n = 0; n < 1_003; n++) tell('a', 'event');
    expect(dropped).toHaveLength(6);
    await nth(1);
    expect(sent.map(({ url }) => url).toSorted()).toEqual(['http://one.test/', 'http://two.test/']);
    // A stop gives up what does not go out, before a thousand events have failed five times each.
    await webhooks.close();
    expect(dropped).toHaveLength(6 + 2_000);
  });
});
