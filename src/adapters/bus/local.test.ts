import { busContract } from './bus.contract.ts';
import { LocalBus } from './local.ts';

busContract(async () => {
  const failures: string[] = [];
  return { bus: new LocalBus((topic) => failures.push(topic)), failures };
});
