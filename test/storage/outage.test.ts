import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/adapters/storage/open.ts';
import type { Store } from '../../src/ports/store.ts';
import { backends, type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { freePort } from '../support/free-port.ts';
import { waitFor } from '../support/wait-for.ts';

/** The way to a server, which can be cut and mended. */
class Wire implements AsyncDisposable {
  readonly port: number;
  readonly #target: { host: string; port: number };
  readonly #sockets = new Set<Socket>();
  #server = createServer();

  constructor(port: number, target: { host: string; port: number }) {
    this.port = port;
    this.#target = target;
  }

  async mend(): Promise<void> {
    this.#server = createServer((here) => {
      const there = connect(this.#target);
      for (const socket of [here, there]) {
        this.#sockets.add(socket);
        // Cutting is what this is for; both ends hear of it by their own end.
        socket.on('error', () => undefined);
        socket.on('close', () => [here, there].forEach((end) => void end.destroy()));
      }
      here.pipe(there).pipe(here);
    });
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async cut(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.cut();
  }
}

describe.each(backends().filter((kind) => kind !== 'sqlite'))('when %s goes away', (kind) => {
  let database: FreshDatabase;
  let wire: Wire;
  let store: Store;
  beforeEach(async () => {
    database = await freshDatabase(kind);
    const url = new URL(database.url);
    wire = new Wire(await freePort(), { host: url.hostname, port: Number(url.port) });
    await wire.mend();
    url.port = String(wire.port);
    store = await openStore(url.href);
  });
  afterEach(async () => {
    await store.close();
    await wire[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });
  const unavailable = { code: 'unavailable', key: 'database' };

  it('everything asked of it is unavailable, and works again when it is back', async () => {
    await store.ping();
    await wire.cut();
    await expect(store.ping()).rejects.toMatchObject(unavailable);
    await expect(store.read.users.byId(1)).rejects.toMatchObject(unavailable);
    await expect(store.transaction((tx) => tx.users.byId(1))).rejects.toMatchObject(unavailable);
    await wire.mend();
    await waitFor(() => store.ping().then(() => true), { reason: 'the store to find its database again' });
    expect(await store.transaction((tx) => tx.users.byId(1))).toBeUndefined();
  });

  it('a transaction under way is undone', async () => {
    const cut = store.transaction(async (tx) => {
      await tx.events.appendNext('s', 't', 1, {});
      await wire.cut();
      await tx.events.appendNext('s', 't', 2, {});
    });
    await expect(cut).rejects.toMatchObject(unavailable);
    await wire.mend();
    await waitFor(() => store.ping().then(() => true), { reason: 'the store to find its database again' });
    expect(await store.read.events.ofSubject('s', 0, 10)).toEqual([]);
  });
});
