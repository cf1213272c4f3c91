import { ParticipantInfo, ParticipantInfo_State, Room, WebhookEvent } from '@livekit/protocol';
import { expect, it } from 'vitest';
import type { RoomService } from '../../../ports/room-service.ts';
import { News } from './news.ts';
import { Watch } from './watch.ts';

const room = new Room({ sid: 'RM_1', name: 'r' });
const participant = new ParticipantInfo({
  sid: 'PA_1',
  identity: 'ann',
  state: ParticipantInfo_State.ACTIVE,
});

/** A cluster as it stands, and what was told of it. */
function cluster() {
  const state = { rooms: [room], members: [participant], asked: [] as string[][] };
  const service = {
    listRooms: async ({ names }: { names: string[] }) => {
      state.asked.push(names);
      return state.rooms;
    },
    listParticipants: async () => state.members,
  } as unknown as RoomService;
  const news = new News();
  const told: string[] = [];
  const failed = (what: string, error: unknown) => {
    throw new Error(what, { cause: error });
  };
  const watch = new Watch({ service, news, now: () => 1_000, failed });
  news.listen(({ event }) => told.push(event));
  return { state, news, told, watch };
}

it('tells what no webhook has told, and asks no more when nothing is left', async () => {
  const { state, told, watch } = cluster();
  watch.expect('r', 2_000);
  await watch.compare();
  expect(told).toEqual(['room_started', 'participant_joined']);
  Object.assign(state, { rooms: [], members: [] });
  watch.expect('r', 0);
  await watch.compare();
  expect(told.slice(2)).toEqual(['participant_left', 'room_finished']);
  await watch.compare();
  expect(state.asked).toHaveLength(2);
});

it('forgets a room that is over, also when webhooks of it come late', async () => {
  const { state, news, watch } = cluster();
  news.tell(new WebhookEvent({ event: 'room_started', room }));
  news.tell(new WebhookEvent({ event: 'room_finished', room }));
  news.tell(new WebhookEvent({ event: 'participant_left', room, participant }));
  state.rooms = [];
  await watch.compare();
  expect(state.asked).toEqual([]);
});
