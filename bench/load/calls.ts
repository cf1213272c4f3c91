import { generate } from '../support/generator.ts';
import { connectCall, type Two } from './call.ts';
import { candidate, numberOf } from './frames.ts';
import { connectAll, type Peer } from './peer.ts';

const CANDIDATES = 10;
let pairs: Two[] = [];

/** Resolves when all of the other side's candidates have come; counts those out of order. */
function received(peer: Peer, told: { disorder: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    let count = 0;
    peer.onFailure(reject);
    peer.on('call:ice_candidate', (data) => {
      if (numberOf(data) !== count) told.disorder += 1;
      if (++count === CANDIDATES) resolve();
    });
  });
}

/** All calls live at once, then all candidates, then all ended. */
async function round(): Promise<{ disorder: number }> {
  const told = { disorder: 0 };
  const ids = await Promise.all(pairs.map(connectCall));
  await Promise.all(
    pairs.map(async ({ caller, callee, callerUid, calleeUid }, i) => {
      const callId = ids[i];
      const whole = Promise.all([received(caller, told), received(callee, told)]);
      for (let n = 0; n < CANDIDATES; n++) {
        caller.send('call:ice_candidate', { callId, receiverId: calleeUid, candidate: candidate(n) });
        callee.send('call:ice_candidate', { callId, receiverId: callerUid, candidate: candidate(n) });
      }
      await whole;
    }),
  );
  await Promise.all(
    pairs.map(async ({ caller, callee, calleeUid }, i) => {
      const over = callee.next('call:hang_up');
      caller.send('call:hang_up', { callId: ids[i], receiverId: calleeUid, reason: 'normal' });
      await over;
    }),
  );
  return told;
}

generate({
  async connect({ url, people }: { url: string; people: { uid: string; token: string }[] }) {
    const peers = await connectAll(
      url,
      people.map(({ token }) => token),
    );
    pairs = Array.from({ length: people.length / 2 }, (_, i) => ({
      caller: peers[2 * i] as Peer,
      callee: peers[2 * i + 1] as Peer,
      callerUid: people[2 * i]?.uid ?? '',
      calleeUid: people[2 * i + 1]?.uid ?? '',
    }));
  },
  /** How many frames came out of order; a lost one fails it. */
  async call({ rounds }: { rounds: number }) {
    let disorder = 0;
    for (let i = 0; i < rounds; i++) disorder += (await round()).disorder;
    return disorder;
  },
});
