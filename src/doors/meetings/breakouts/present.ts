import type { App } from '../../../core/app.ts';
import type { BreakoutView } from '../../../core/breakouts/index.ts';
import { presentParticipants, timeOrNull } from '../meetings/present.ts';

const stateOf = ({ round }: BreakoutView): 'none' | 'open' | 'closing' =>
  round === null ? 'none' : round.closing ? 'closing' : 'open';

export async function presentBreakouts(app: App, view: BreakoutView) {
  const { round, rooms, own } = view;
  const shown = rooms.map(async ({ id, name, participants }) => ({
    meeting_id: id,
    name,
    participants: await presentParticipants(app, id, participants),
  }));
  return {
    state: stateOf(view),
    free: round?.free ?? false,
    opened_at: timeOrNull(round?.openedAt ?? null),
    closes_at: timeOrNull(round?.closesAt ?? null),
    room: own,
    rooms: await Promise.all(shown),
  };
}
