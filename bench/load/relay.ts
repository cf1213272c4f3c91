import { generate } from '../support/generator.ts';
import { connectCall, type Two } from './call.ts';
import { candidate, numberOf } from './frames.ts';
import { connectAll, type Peer } from './peer.ts';

interface Side {
  peer: Peer;
  callId: string;
  receiverId: string;
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
  /** How many frames went across. */
  async exchange({ size, bursts }: { size: number; bursts: number }) {
    await Promise.all(sides.map((pair) => exchange(pair, size, bursts)));
    return sides.length * 2 * bursts * size;
  },
});
