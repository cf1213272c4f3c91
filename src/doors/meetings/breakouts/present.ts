import type { App } from '../../../core/app.ts';
import type { BreakoutView } from '../../../core/breakouts/index.ts';
import { presenterOf, timeOrNull } from '../meetings/present.ts';

const stateOf = ({ round }: BreakoutView): 'none' | 'open' | 'closing' =>
  round === null ? 'none' : round.closing ? 'closing' : 'open';

export async function presentBreakouts(app: App, view: BreakoutView) {
  const { round, rooms, own } = view;
  const present = await presenterOf(
    app,
    rooms.flatMap(({ participants }) => participants),
  );
  return {
    state: stateOf(view),
    free: round?.free ?? false,
    opened_at: timeOrNull(round?.openedAt ?? null),
    closes_at: timeOrNull(round?.closesAt ?? null),
    room: own,
    rooms: rooms.map(({ id, name, participants }) => ({
      meeting_id: id,
      name,
      participants: participants.map((one) => present(id, one)),
    })),
  };
}
