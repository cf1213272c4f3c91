import type { Store } from '../../ports/store.ts';
import { ParleyError } from '../errors.ts';
import type { MeetingCommand } from '../meetings/commands.ts';
import { onlineIn } from '../meetings/meeting.ts';
import type { Meetings } from '../meetings/meetings.ts';
import { mended } from './mend.ts';

/** To a room whose round is over. */
export const OVER: MeetingCommand = { type: 'end', by: null, steered: true };

export interface KeeperDeps {
  store: Store;
  meetings: Pick<Meetings, 'together'>;
  failed: (what: string, error: unknown) => void;
}

/**
 * Breakout rooms follow their meeting: what happens to it (an end, a removal, another moderator) comes
 * to them by comparing, each time it has changed. So nothing is lost with a process, and any node may.
 */
export class Keeper {
  readonly #deps: KeeperDeps;
  /** How each meeting with rooms was when they were last compared here. */
  readonly #seen = new Map<number, string>();

  constructor(deps: KeeperDeps) {
    this.#deps = deps;
  }

  /** How many meetings were looked at. */
  async sweep(): Promise<number> {
    const { store, failed } = this.#deps;
    const apart = await store.read.meetings.apart();
    const ids = new Set(apart.map(({ id }) => id));
    for (const id of this.#seen.keys()) if (!ids.has(id)) this.#seen.delete(id);
    let total = 0;
    for (const { id, version, occupied } of apart) {
      if (this.#seen.get(id) === `${version} ${occupied}`) continue;
      try {
        // As it was found: somebody may have come or gone since it was asked for.
        this.#seen.set(id, `${version} ${await this.follow(id)}`);
        total += 1;
      } catch (error) {
        failed(`keep the breakout rooms of meeting ${id}`, error);
      }
    }
    return total;
  }

  /**
   * Makes the rooms what their meeting is now; without it, or once it has closed them, they are over.
   * Whether anybody was in one.
   */
  async follow(id: number): Promise<boolean> {
    const { meetings } = this.#deps.store.read;
    const rooms = await meetings.peopledRoomsOf(id);
    const meeting = await meetings.get(id);
    for (const room of rooms) {
      const commands: readonly MeetingCommand[] = meeting?.round ? mended(meeting, room) : [OVER];
      for (const command of commands) await this.#run(room.id, command);
      if (!meeting) await this.#deps.store.transaction((tx) => tx.meetings.remove(room.id));
    }
    const occupied = rooms.some((room) => onlineIn(room).length > 0);
    if (meeting?.round) await this.#run(id, { type: 'breakouts.occupied', occupied });
    return occupied;
  }

  /** What a change in between refuses is seen at the next look. */
  async #run(id: number, command: MeetingCommand): Promise<void> {
    try {
      await this.#deps.meetings.together(({ runs }) => runs(id, async () => command));
    } catch (error) {
      const overtaken =
        error instanceof ParleyError && ['gone', 'conflict', 'not_found'].includes(error.code);
      if (!overtaken) throw error;
    }
  }
}
