import type { types } from 'mediasoup';

/** How data enters and leaves a router: one transport to this process, and a source for streams that only we feed. */
export interface Direct {
  readonly transport: Promise<types.DirectTransport>;
  readonly silent: Promise<types.DataProducer>;
}

const known = new WeakMap<types.Router, Direct>();

export function directOf(router: types.Router): Direct {
  const there = known.get(router);
  if (there) return there;
  const transport = router.createDirectTransport();
  const silent = transport.then((direct) => direct.produceData({ label: 'silent' }));
  const made = { transport, silent };
  known.set(router, made);
  // The next one who comes tries anew.
  silent.catch(() => known.delete(router));
  return made;
}
