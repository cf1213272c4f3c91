import { Agent, request } from 'node:http';
import { generate } from '../support/generator.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

interface Asked {
  method: string;
  path: string;
  token: string;
  body?: object;
}

/** One request on the one connection; its answer, which must be a 200. */
function ask(url: string, { method, path, token, body }: Asked): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const asked = request(url + path, {
      method,
      agent,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}),
      },
    });
    asked.on('error', reject);
    asked.on('response', (answer) => {
      let told = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        told += part;
      });
      answer.on('end', () => {
        if (answer.statusCode !== 200) return reject(new Error(`${path}: ${answer.statusCode} ${told}`));
        resolve(JSON.parse(told) as Record<string, unknown>);
      });
    });
    asked.end(text);
  });
}

interface Person {
  id: number;
  token: string;
}

generate({
  /** Whole calls one after the other: initiate, answer, hang up. All answers, in order. */
  async calls({ url, people, count }: { url: string; people: Person[]; count: number }) {
    const pairs = people.length / 2;
    const answers: unknown[] = [];
    for (let i = 0; i < count; i++) {
      const [caller, callee] = people.slice((i % pairs) * 2);
      if (!caller || !callee) throw new Error('people come in pairs');
      const post = (word: string, { token }: Person, body: object) =>
        ask(url, { method: 'POST', path: `/api/v1/rtc/call/${word}`, token, body });
      const begun = await post('initiate', caller, {
        callerId: caller.id,
        calleeId: callee.id,
        callType: 'VIDEO',
      });
      const { callId } = begun.data as { callId: string };
      answers.push(begun, await post('answer', callee, { callId, userId: callee.id }));
      answers.push(await post('hangup', caller, { callId, userId: caller.id }));
    }
    return answers;
  },
  /** Rooms of contract D one after the other, each of two people who are in none: create, join. */
  async rooms({ url, people }: { url: string; people: (Person & { uid: string })[] }) {
    const answers: unknown[] = [];
    for (let i = 0; i + 1 < people.length; i += 2) {
      const [creator, other] = people.slice(i, i + 2);
      if (!creator || !other) throw new Error('people come in pairs');
      const room = `bench-${creator.uid}`;
      const post = (path: string, { token }: Person, body: object) =>
        ask(url, { method: 'POST', path, token, body });
      const asked = { room_name: room, creator: creator.uid, call_type: 1, uids: [other.uid] };
      answers.push(await post('/api/rooms', creator, asked));
      answers.push(await post('/api/participants/join', other, { room_name: room, uid: other.uid }));
    }
    return answers;
  },
  /** Meetings by their numbers, each asked for by somebody who is in it; how many answers named theirs. */
  async meetings({ url, asked }: { url: string; asked: { id: number; token: string }[] }) {
    let right = 0;
    for (const { id, token } of asked) {
      const answer = await ask(url, { method: 'GET', path: `/api/v1/meetings/${id}`, token });
      if ((answer.data as { meeting_id: number }).meeting_id === id) right += 1;
    }
    return right;
  },
  /** The first pages of the people's own meetings; how many lines they had. */
  async own({ url, asked }: { url: string; asked: { token: string }[] }) {
    let lines = 0;
    for (const { token } of asked) {
      const answer = await ask(url, { method: 'GET', path: '/api/v1/my/meetings', token });
      lines += (answer.data as { meetings: unknown[] }).meetings.length;
    }
    return lines;
  },
  /** Pages of the people's histories, one after the other; how many lines they had. */
  async pages({ url, people, count, page }: { url: string; people: Person[]; count: number; page: number }) {
    let lines = 0;
    for (let i = 0; i < count; i++) {
      const { id, token } = people[i % people.length] as Person;
      const path = `/api/v1/rtc/call/history?userId=${id}&page=${page}&size=20`;
      const answer = await ask(url, { method: 'GET', path, token });
      lines += (answer.data as { records: unknown[] }).records.length;
    }
    return lines;
  },
});
