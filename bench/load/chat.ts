import { WebSocket } from 'ws';
import { generate } from '../support/generator.ts';

interface Person {
  id: number;
  token: string;
}

const AT_ONCE = 32;

let sockets: WebSocket[] = [];
let told = 0;
let heard: () => void = () => {};

/** One person's socket, joined. */
function enter(address: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address, { perMessageDeflate: false });
    socket.once('open', () => socket.send('{"type":"join"}'));
    socket.once('error', reject);
    socket.on('message', (bytes: Buffer) => {
      const { type } = JSON.parse(bytes.toString()) as { type: string };
      if (type === 'joined') resolve(socket);
      if (type === 'error') reject(new Error(bytes.toString()));
      if (type !== 'chat') return;
      told += 1;
      heard();
    });
  });
}

/** A meeting for all of them, on a server that has meetings. */
async function plan(url: string, { token }: Person, count: number): Promise<number> {
  const answer = await fetch(`${url}/api/v1/meetings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ title: 'Bench', max_participants: count }),
  });
  const body = (await answer.json()) as { data: { meeting_id: number } };
  return body.data.meeting_id;
}

generate({
  async connect({ url, people, meeting }: { url: string; people: Person[]; meeting: boolean }) {
    const [first] = people;
    const id = meeting && first ? await plan(url, first, people.length) : 0;
    const base = `${url.replace('http', 'ws')}/ws/signaling?meeting_id=${id}`;
    sockets = [];
    for (let from = 0; from < people.length; from += AT_ONCE) {
      const some = people.slice(from, from + AT_ONCE);
      const entering = some.map((one) => enter(`${base}&user_id=${one.id}&token=${one.token}`));
      sockets.push(...(await Promise.all(entering)));
    }
  },
  /** One after the other, by all of them in turn: the next when everybody has the last. */
  async talk({ messages }: { messages: number }) {
    for (let n = 0; n < messages; n++) {
      told = 0;
      const everybody = new Promise<void>((resolve) => {
        heard = () => {
          if (told === sockets.length) resolve();
        };
      });
      sockets[n % sockets.length]?.send(JSON.stringify({ type: 'chat', data: { content: `Message ${n}` } }));
      await everybody;
    }
    return messages;
  },
});
