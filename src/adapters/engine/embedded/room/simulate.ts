import { LeaveRequest_Action as Action, DisconnectReason, type SimulateScenario } from '@livekit/protocol';
import type { RoomMember } from './member.ts';

const FAILS_FOR_MS = 5_000;

/** Troubles that a client asks for, to show how it gets over them. */
export function simulate(member: RoomMember, { scenario }: SimulateScenario): void {
  const { room } = member;
  const until = room.options.clock.now() + FAILS_FOR_MS;
  const fails = { until, left: 1, silent: false };
  switch (scenario.case) {
    case 'speakerUpdate':
      room.parts.speakers.simulated(member, scenario.value);
      break;
    case 'nodeFailure':
      room.remove(member, { reason: DisconnectReason.SERVER_SHUTDOWN, leave: undefined });
      break;
    case 'migration':
      room.remove(member, { reason: DisconnectReason.MIGRATION, leave: undefined });
      break;
    case 'serverLeave':
      member.end(DisconnectReason.SERVER_SHUTDOWN);
      break;
    case 'leaveRequestFullReconnect':
      room.remove(member, { reason: DisconnectReason.CLIENT_INITIATED, leave: Action.RECONNECT });
      break;
    case 'switchCandidateProtocol':
      // Both protocols are in every offer: the client chooses again.
      member.peer?.subscriber.restart();
      break;
    case 'subscriberBandwidth':
      member.peer?.limit(Number(scenario.value));
      break;
    case 'disconnectSignalOnResume':
      Object.assign(member.failingResumes, fails);
      break;
    case 'disconnectSignalOnResumeNoMessages':
      Object.assign(member.failingResumes, { ...fails, silent: true });
  }
}
