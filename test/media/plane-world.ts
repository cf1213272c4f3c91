import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { AudioLevel } from '../../src/adapters/engine/embedded/media/measures.ts';
import { openPlane } from '../../src/adapters/engine/embedded/media/plane.ts';
import type { PlaneOptions } from '../../src/adapters/engine/embedded/media/plane-options.ts';
import type { MediaPlane, RoomMedia } from '../../src/adapters/engine/embedded/media/types.ts';
import { TestBrowser } from '../support/browser.ts';
import { SET_UP_WORKER } from '../support/media-worker.ts';
import { PlanePerson } from './plane-person.ts';

/** A media plane of its own, and pages that speak to it. */
export class PlaneWorld {
  plane!: MediaPlane;
  room!: RoomMedia;
  browser!: TestBrowser;
  url!: string;
  readonly levels: (readonly AudioLevel[])[] = [];
  lost = 0;
  /** What the plane said went wrong; the tests look at it themselves. */
  readonly faults: string[] = [];
  people: PlanePerson[] = [];
  /** For those who join next. */
  mangleNext: Partial<PlanePerson['mangle']> = {};

  async openRoom(): Promise<RoomMedia> {
    this.room = await this.plane.openRoom('room', {
      levels: (levels) => this.levels.push(levels),
      lost: () => this.lost++,
    });
    return this.room;
  }

  async join<const Names extends readonly string[]>(
    ...names: Names
  ): Promise<{ [I in keyof Names]: PlanePerson }> {
    const joined = await this.enter(...names);
    await Promise.all(joined.map((person) => person.connect()));
    return joined;
  }

  /** With both connections, which do not begin yet. */
  async enter<const Names extends readonly string[]>(
    ...names: Names
  ): Promise<{ [I in keyof Names]: PlanePerson }> {
    const joined = await Promise.all(
      names.map((name) => PlanePerson.join(this.browser, this.url, this.room, name)),
    );
    this.people.push(...joined);
    for (const person of joined) Object.assign(person.mangle, this.mangleNext);
    this.mangleNext = {};
    return joined as { [I in keyof Names]: PlanePerson };
  }
}

/** Before the tests of a file; a room for each test. */
export function planeWorld(options: Partial<PlaneOptions> = {}): PlaneWorld {
  const world = new PlaneWorld();
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>plane</title>');
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const failed = (what: string, error: unknown) => world.faults.push(`${what}: ${error}`);
    world.plane = await openPlane({
      ...SET_UP_WORKER,
      rtcPort: 0,
      announced: ['127.0.0.1'],
      workers: 1,
      failed,
      ...options,
    });
    world.browser = await TestBrowser.launch();
  });
  afterEach(async (test) => {
    const faults = world.people.flatMap((person) => person.faults);
    for (const { peer } of world.people) peer.close();
    world.room?.close();
    world.people = [];
    await world.browser.endTest(test);
    if (faults.length > 0) throw new Error(`what went wrong between: ${faults.join('\n')}`);
  });
  afterAll(async () => {
    await world.browser?.close();
    await world.plane?.close();
    server.close();
  });
  return world;
}
