import { setTimeout as delay } from 'node:timers/promises';
import { generate } from '../support/generator.ts';
import { connectCall, type Two } from './call.ts';
import { candidate, numberOf } from './frames.ts';
import { connectAll, type Peer } from './peer.ts';

interface Side {
  peer: Peer;
  callId: string;
  receiverId: string;
}
interface Pace {
  everyMs: number;
  rounds: number;
  startMs: number;
}
let sides: [Side, Side][] = [];

/** Sends the next burst when the other's has come whole, until all bursts are through. */
function exchange([one, other]: [Side, Side], size: number, bursts: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let open = 2;
    const run = (self: Side) => {
      let received = 0;
      let sent = 0;
      const burst = () => {
        for (let i = 0; i < size; i++) {
          const { callId, receiverId } = self;
          self.peer.send('call:ice_candidate', { callId, receiverId, candidate: candidate(sent++) });
        }
      };
      self.peer.onFailure(reject);
      self.peer.on('call:ice_candidate', (data) => {
        if (numberOf(data) !== received++) return reject(new Error('a frame was lost or overtaken'));
        if (received % size !== 0) return;
        if (sent < bursts * size) burst();
        else if (received === bursts * size && --open === 0) resolve();
      });
      burst();
    };
    run(one);
    run(other);
  });
}

/** Both send at their pace, from `startMs` on; done when everything has come. */
function paced(
  [one, other]: [Side, Side],
  { everyMs, rounds, startMs }: Pace,
  delays: number[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    let open = 2 * rounds;
    const run = async (self: Side, to: Side, waitMs: number) => {
      const sentAt: number[] = [];
      let received = 0;
      const { callId, receiverId } = self;
      self.peer.onFailure(reject);
      to.peer.on('call:ice_candidate', (data) => {
        const number = numberOf(data);
        if (number !== received++) return reject(new Error('a frame was lost or overtaken'));
        delays.push(performance.now() - (sentAt[number] ?? 0));
        if (--open === 0) resolve();
      });
      await delay(waitMs);
      const timer = setInterval(() => {
        const number = sentAt.push(performance.now()) - 1;
        self.peer.send('call:ice_candidate', { callId, receiverId, candidate: candidate(number) });
        if (sentAt.length === rounds) clearInterval(timer);
      }, everyMs);
    };
    void run(one, other, startMs);
    void run(other, one, startMs + everyMs / 2);
  });
}

generate({
  async connect({
    url,
    people,
    calls,
  }: {
    url: string;
    people: { uid: string; token: string }[];
    calls: boolean;
  }) {
    const peers = await connectAll(
      url,
      people.map(({ token }) => token),
    );
    const pairs = Array.from({ length: people.length / 2 }, (_, i): Two => {
      const [caller, callee] = [peers[2 * i] as Peer, peers[2 * i + 1] as Peer];
      return { caller, callee, callerUid: people[2 * i]?.uid ?? '', calleeUid: people[2 * i + 1]?.uid ?? '' };
    });
    sides = await Promise.all(
      pairs.map(async (two): Promise<[Side, Side]> => {
        const callId = calls ? await connectCall(two) : 'call_01jaaaaaaaaaaaaaaaaaaaaaaa';
        return [
          { peer: two.caller, callId, receiverId: two.calleeUid },
          { peer: two.callee, callId, receiverId: two.callerUid },
        ];
      }),
    );
  },
  /** A frame from everybody, one after the other, again and again at this pace; the delay of 99 in 100, in ms. */
  async pace({ everyMs, rounds }: { everyMs: number; rounds: number }) {
    const delays: number[] = [];
    const startOf = (turn: number) => (turn * everyMs) / sides.length / 2;
    await Promise.all(
      sides.map((pair, turn) => paced(pair, { everyMs, rounds, startMs: startOf(turn) }, delays)),
    );
    delays.sort((a, b) => a - b);
    return delays[Math.floor(delays.length * 0.99)];
  },
  /** How many frames went across. */
  async exchange({ size, bursts }: { size: number; bursts: number }) {
    await Promise.all(sides.map((pair) => exchange(pair, size, bursts)));
    return sides.length * 2 * bursts * size;
  },
});
