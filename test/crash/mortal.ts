import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backend } from '../support/backends.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { type ServerProcess, startProcess } from '../support/process.ts';
import { type Answer, api, sign } from '../support/server.ts';

/** A server process on a database of its own that is killed where it stands, and started again on what it left. */
export class Mortal implements AsyncDisposable {
  readonly service: string;
  readonly #env: Record<string, string>;
  readonly #dataDir: string;
  readonly #database: FreshDatabase;
  #process: ServerProcess;

  private constructor(
    service: string,
    env: Record<string, string>,
    dataDir: string,
    database: FreshDatabase,
    process: ServerProcess,
  ) {
    this.service = service;
    this.#env = env;
    this.#dataDir = dataDir;
    this.#database = database;
    this.#process = process;
  }

  static async boot(backend: Backend, settings: Record<string, string>): Promise<Mortal> {
    const database = await freshDatabase(backend);
    const dataDir = await mkdtemp(join(tmpdir(), 'parley-crash-'));
    const env = { DATA_DIR: dataDir, DATABASE_URL: database.url, ...settings };
    return new Mortal(await sign({ scope: 'service' }), env, dataDir, database, await startProcess(env));
  }

  /** Another one after each crash. */
  get url(): string {
    return this.#process.url;
  }

  /** A request of the host application, or of whoever has the token. */
  ask(method: string, path: string, body?: unknown, token = this.service): Promise<Answer> {
    return api(this, method, path, { token, ...(body === undefined ? {} : { body }) });
  }

  /** `meanwhile` happens while there is no server. */
  async crash(meanwhile: () => Promise<unknown> = async () => undefined): Promise<void> {
    await this.#process.stop('SIGKILL');
    await meanwhile();
    this.#process = await startProcess(this.#env);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.stop('SIGKILL');
    await rm(this.#dataDir, { recursive: true, force: true });
    await this.#database[Symbol.asyncDispose]();
  }
}
