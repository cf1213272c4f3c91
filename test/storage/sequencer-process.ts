import { LocalBus } from '../../src/adapters/bus/local.ts';
import { systemClock } from '../../src/adapters/clock.ts';
import { isGone } from '../../src/adapters/node/node-id.ts';
import { openStore } from '../../src/adapters/storage/open.ts';
import { Sequencer } from '../../src/core/log/sequencer.ts';

/** A process that opens the database it is told and sequences, until it is told to stop or killed. */
const [url = '', nodeId = ''] = process.argv.slice(2);
const store = await openStore(url);
const failed = (what: string, error: unknown) => process.stderr.write(`${what}: ${error}\n`);
const bus = new LocalBus(failed);
const sequencer = new Sequencer({ store, bus, clock: systemClock, nodeId, isGone, failed });
bus.subscribe('sequenced', ({ last }) => process.stdout.write(`${last}\n`));
sequencer.start();
process.stdout.write('started\n');
process.on('SIGTERM', async () => {
  await sequencer.stop();
  await bus.close();
  await store.close();
});
