import { setImmediate } from 'node:timers/promises';
import { describe } from 'vitest';
import { FakeEngine } from './fake.ts';
import type { EngineClient } from './media-engine.contract.ts';
import { mediaEngineContract } from './media-engine.contract.ts';

describe('the engine in memory', () => {
  mediaEngineContract(async () => {
    const engine = new FakeEngine();
    return {
      engine,
      close: () => engine.close(),
      until: async (reason, look) => {
        for (let turns = 0; turns < 100; turns++) {
          if (await look()) return;
          await setImmediate();
        }
        throw new Error(`waited for ${reason}`);
      },
      enter: async (room, identity, token) => client(engine, room, identity, token),
    };
  });
});

async function client(
  engine: FakeEngine,
  room: string,
  identity: string,
  token: string,
): Promise<EngineClient> {
  const { sid } = engine.enter(room, identity, token);
  const present = async () => (await engine.members(room)).some((member) => member.sid === sid);
  let gone = false;
  const topics: string[] = [];
  engine.listen((event) => {
    if (event.type === 'member_left' && event.memberSid === sid) gone = true;
  });
  engine.listenForData((at, data) => {
    if (at === room && !gone && (!data.to || data.to.includes(identity))) topics.push(data.topic);
  });
  return {
    topics,
    get gone() {
      return gone;
    },
    publish: async (kind, source) => {
      engine.publish(room, identity, { kind, source, muted: false });
    },
    leave: async () => {
      if (await present()) engine.exit(room, identity);
    },
  };
}
