import { describe, expect, it } from 'vitest';
import { Loader, Store } from './store.ts';

describe('Store', () => {
  it('tells listeners of changes and of nothing else', () => {
    const store = new Store(1);
    let calls = 0;
    const stop = store.subscribe(() => calls++);
    store.set(1);
    store.set(2);
    stop();
    store.set(3);
    expect(calls).toBe(1);
  });
});

describe('Loader', () => {
  it('lets the newest request win, whichever ends last', async () => {
    const loader = new Loader<string>();
    const slow = Promise.withResolvers<string>();
    const first = loader.load(() => slow.promise);
    await loader.load(() => Promise.resolve('new'));
    slow.resolve('old');
    await first;
    expect(loader.get()).toEqual({ status: 'ready', data: 'new' });
  });

  it('keeps what it had when loading again fails', async () => {
    const loader = new Loader<string>();
    await loader.load(() => Promise.resolve('kept'));
    const error = new Error('no');
    await loader.load(() => Promise.reject(error));
    expect(loader.get()).toEqual({ status: 'failed', error, data: 'kept' });
  });
});
