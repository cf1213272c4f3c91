import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { LocalBus } from './adapters/bus/local.ts';
import { systemClock } from './adapters/clock.ts';
import { fetchPost } from './adapters/http-post.ts';
import { isGone, nameNode } from './adapters/node/node-id.ts';
import { openStore } from './adapters/storage/open.ts';
import { Hs256Tokens } from './adapters/tokens/hs256-tokens.ts';
import { openCounters } from './compose/counters.ts';
import { openDoors } from './compose/doors.ts';
import { openLetters } from './compose/invitations.ts';
import { createLog } from './compose/log.ts';
import { openMedia, roomTimes } from './compose/media.ts';
import { openMeetings } from './compose/meetings.ts';
import { openPeople } from './compose/people.ts';
import type { Config } from './config/config.ts';
import { loadSecrets } from './config/secrets.ts';
import type { App } from './core/app.ts';
import { CallRooms, Calls } from './core/calls/index.ts';
import { Relay } from './core/calls/relay.ts';
import { Sweeper } from './core/calls/sweeper.ts';
import { Contacts } from './core/contacts/contacts.ts';
import { Groups } from './core/groups/groups.ts';
import { Invitations } from './core/invitations/index.ts';
import { keepConfigured } from './core/log/configured.ts';
import { Outbox } from './core/log/outbox.ts';
import { Sequencer } from './core/log/sequencer.ts';
import { RoomsSweeper } from './core/media/index.ts';
import { callPolicy } from './core/policy.ts';
import { Presence } from './core/presence/index.ts';
import { Rooms } from './core/rooms/index.ts';

import type { Bus } from './ports/bus.ts';
import type { Clock } from './ports/clock.ts';
import type { Counters } from './ports/counters.ts';
import type { Mail } from './ports/mail.ts';
import type { MediaEngine } from './ports/media-engine.ts';
import type { Store } from './ports/store.ts';

/** What tests and embedders may put in the place of the real thing. */
export interface Overrides {
  clock?: Clock;
  store?: Store;
  bus?: Bus;
  counters?: Counters;
  engine?: MediaEngine;
  mail?: Mail;
}

/** A running server. */
export interface Parley {
  /** Where it listens, as a browser on this machine reaches it. */
  url: string;
  app: App;
  http: FastifyInstance;
  /** Stops accepting, closes sockets, finishes what is in flight, lets go of everything. */
  close(): Promise<void>;
}

/** People in a call without an engine: each sends to each. */
const MESH_LIMIT = 6;
/** People in a call that the engine carries. */
const ROOM_LIMIT = 100;
/** How long a TURN credential is good for. */
const TURN_TTL_S = 12 * 3600;
const webFolder = fileURLToPath(new URL('../web/dist/', import.meta.url));

/**
 * The only place that names implementations. Plain constructor calls; what was begun is ended in
 * reverse, also when a later step fails.
 */
export async function compose(config: Config, overrides: Overrides = {}): Promise<Parley> {
  const ends = new AsyncDisposableStack();
  try {
    const { app, http } = await begin(config, overrides, ends);
    return { url: addressOf(config, http), app, http, close: () => ends.disposeAsync() };
  } catch (error) {
    await ends.disposeAsync();
    throw error;
  }
}

async function begin(config: Config, overrides: Overrides, ends: AsyncDisposableStack) {
  const log = createLog(config.logLevel);
  const failed = (what: string, error: unknown) => log.error({ err: error }, `could not ${what}`);
  const secrets = await loadSecrets(config.dataDir);
  const keys = new Map(Object.entries(config.apiKeys));
  if (keys.size === 0) keys.set(secrets.apiKey, secrets.apiSecret);

  const clock = overrides.clock ?? systemClock;
  const store = overrides.store ?? (await openStore(config.databaseUrl));
  ends.defer(() => store.close());
  const bus = overrides.bus ?? (await openBus(config, failed));
  ends.defer(() => bus.close());
  const counters = overrides.counters ?? (await openCounters(config, clock, failed));
  ends.defer(() => counters.close());
  const basics = { store, bus, clock };
  const nodeId = nameNode();

  const address = () => config.publicUrl ?? addressOf(config, doors.http);
  const codec = new Hs256Tokens(clock);
  const { passwords, mails, everybody, guard, close, ...ofPeople } = await openPeople(config, {
    ...basics,
    counters,
    codec,
    keys,
    tokenSecret: secrets.tokenSecret,
    overrides,
    address,
    logLetter: ({ to, subject, text }) =>
      log.info({ to, subject, text }, 'no SMTP_URL: a mail that was not sent'),
    failed,
  });
  const { people } = ofPeople;
  ends.defer(close);
  const ice = {
    stunUrls: config.stunUrls,
    turnUrls: config.turnUrls,
    turnSecret: config.turnSecret,
    turnTtlS: TURN_TTL_S,
  };
  const { engine, media, engineWebhook } = await openMedia(config, {
    ...basics,
    codec,
    keys,
    nodeId,
    ice,
    overrides,
    failed,
  });
  ends.defer(() => engine.close());
  const rules = {
    ringMs: config.ringMs,
    graceMs: config.graceMs,
    maxMs: config.callMaxMs,
    meshLimit: MESH_LIMIT,
    roomLimit: engine.facts.rooms ? ROOM_LIMIT : 0,
  };
  const callRooms = new CallRooms({ ...basics, engine, rules: { ...rules, ...roomTimes(config) }, failed });
  const policy = callPolicy(config.callPolicy);
  const calls = new Calls({ ...basics, rules, policy, committed: (change) => callRooms.after(change) });
  const rooms = new Rooms({
    ...basics,
    engine,
    policy,
    people,
    rules: {
      ringMs: config.ringMs,
      emptyRoomMs: config.media.emptyRoomMs,
      departureMs: config.media.departureMs,
      autoCreate: config.media.autoCreate,
    },
    failed,
  });
  const letters = openLetters(config, { clock, counters, mails, address });
  const { app: ofMeetings, close: closeMeetings } = openMeetings(config, {
    ...basics,
    engine,
    people: everybody,
    accounts: people,
    identity: ofPeople.identity,
    passwords,
    guard,
    codec,
    counters,
    tokenSecret: secrets.tokenSecret,
    follow: letters.follow,
    failed,
  });
  ends.defer(closeMeetings);
  const { meetings, series } = ofMeetings;
  const invitations = new Invitations({ store, clock, meetings, series, people, letters });
  const presence = new Presence({ ...basics, calls, nodeId, isGone, failed });
  const relay = new Relay({ ...basics, local: presence.local });
  ends.defer(() => relay.close());
  const contacts = new Contacts(basics);
  const groups = new Groups(basics);
  const app = {
    ...basics,
    counters,
    engine,
    media,
    engineWebhook,
    callRooms,
    rooms,
    ...ofMeetings,
    invitations,
    ...ofPeople,
    contacts,
    groups,
    calls,
    relay,
    presence,
    ice,
  };

  ends.defer(() => presence.stop());
  await presence.start();
  ends.defer(() => callRooms.stop());
  callRooms.start();
  const roomsSweeper = new RoomsSweeper({ swept: rooms, what: 'rooms', engine, bus, failed });
  ends.defer(() => roomsSweeper.stop());
  roomsSweeper.start();
  const unswept = (callId: string, error: unknown) => failed(`sweep ${callId}`, error);
  const sweeper = new Sweeper({ ...basics, calls, failed: unswept });
  ends.defer(() => sweeper.stop());
  await sweeper.start();
  const sequencer = new Sequencer({ ...basics, nodeId, isGone, failed });
  ends.defer(() => sequencer.stop());
  sequencer.start();
  await keepConfigured({ store, clock }, config.webhook);
  const outbox = new Outbox({ ...basics, nodeId, isGone, http: fetchPost, failed });
  ends.defer(() => outbox.stop());
  outbox.start();

  const tls = config.tls && {
    cert: await readFile(config.tls.certFile),
    key: await readFile(config.tls.keyFile),
  };
  const { trustProxy, corsOrigins, rateLimits, publicUrl } = config;
  const { autoCreate, livekit } = config.media;
  const cluster = livekit?.url.replace(/^ws/, 'http');
  const options = {
    logger: log,
    trustProxy,
    corsOrigins,
    rateLimits,
    publicUrl,
    webFolder,
    autoCreate,
    cluster,
    nodeId,
    failed,
  };
  if (!rateLimits) log.warn('RATE_LIMITS=off: requests and frames have no limits; for tests only');
  const doors = await openDoors(app, tls ? { ...options, tls } : options);
  ends.defer(() => doors.close());
  await doors.http.listen({ port: config.port, host: config.host });
  mails.start();
  return { app, http: doors.http };
}

/** One node needs no Redis; several are joined by it. Loaded when it is chosen. */
async function openBus(config: Config, failed: (what: string, error: unknown) => void): Promise<Bus> {
  const local = new LocalBus((topic, error) => failed(`hear of ${topic}`, error));
  if (config.redisUrl === undefined) return local;
  const { RedisBus } = await import('./adapters/bus/redis.ts');
  return new RedisBus({ url: config.redisUrl, local, failed });
}

/** Browsers allow cameras on `localhost`, so that is the address of a server that listens everywhere. */
function addressOf(config: Config, http: FastifyInstance): string {
  const { port } = http.server.address() as AddressInfo;
  const everywhere = config.host === '0.0.0.0' || config.host === '::';
  const host = everywhere ? 'localhost' : config.host.includes(':') ? `[${config.host}]` : config.host;
  return `${config.tls ? 'https' : 'http'}://${host}:${port}`;
}
