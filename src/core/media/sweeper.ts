import type { Bus } from '../../ports/bus.ts';
import type { MediaEngine } from '../../ports/media-engine.ts';
import type { EngineEvent } from '../../ports/media-event.ts';

/** Rooms of some kind with people in them, whom the engine and the clock change. */
export interface Swept {
  /** What the engine tells; an event told twice counts once. */
  heard(event: EngineEvent): Promise<void>;
  /** Somebody was banned or deleted. */
  expel(userId: number, reason: Gone): Promise<void>;
  /** Compares with the engine and mends what differs; `thorough` looks at everybody. */
  reconcile(thorough: boolean): Promise<void>;
  /** Whatever is overdue; any node may. How many changed. */
  sweep(): Promise<number>;
}

export interface RoomsSweeperDeps {
  bus: Bus;
  swept: Swept;
  /** What they are, for the log: `rooms`. */
  what: string;
  engine: MediaEngine;
  failed: (what: string, error: unknown) => void;
}

/** How often every node looks for what is overdue. */
const EVERY_MS = 500;
/** How often rooms are compared with the engine, and every how many times down to each member. */
const COMPARE_MS = 5_000;
const THOROUGH = 3;

/** Why somebody is cut off who may be nowhere any more; others have only signed out. */
export type Gone = 'banned' | 'removed';
const isGone = (reason: string): reason is Gone => reason === 'banned' || reason === 'removed';

/** Hears the engine and sweeps from start to stop; it begins with what a killed process left. */
export class RoomsSweeper {
  readonly #deps: RoomsSweeperDeps;
  #stops: (() => void)[] = [];
  #timers: NodeJS.Timeout[] = [];
  readonly #busy = new Map<string, Promise<unknown>>();
  #compared = 0;

  constructor(deps: RoomsSweeperDeps) {
    this.#deps = deps;
  }

  start(): void {
    const { swept, what, engine, bus, failed } = this.#deps;
    const unheard = (error: unknown) => failed('hear the media engine', error);
    this.#stops = [
      engine.listen((event) => void swept.heard(event).catch(unheard)),
      bus.subscribe('cut', ({ userId, reason }) => {
        if (isGone(reason)) this.#alone(`take ${userId} out of ${what}`, () => swept.expel(userId, reason));
      }),
    ];
    const compare = () =>
      this.#alone(`compare ${what}`, () => swept.reconcile(this.#compared++ % THOROUGH === 0));
    compare();
    this.#timers = [
      setInterval(compare, COMPARE_MS),
      setInterval(() => this.#alone(`sweep ${what}`, () => swept.sweep()), EVERY_MS),
    ];
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops) stop();
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all(this.#busy.values());
  }

  /** Not while the same is still under way. */
  #alone(what: string, work: () => Promise<unknown>): void {
    if (this.#busy.has(what)) return;
    const done = work()
      .catch((error) => this.#deps.failed(what, error))
      .finally(() => this.#busy.delete(what));
    this.#busy.set(what, done);
  }
}
