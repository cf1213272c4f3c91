import {
  CreateRoomRequest,
  DeleteRoomRequest,
  DeleteRoomResponse,
  ForwardParticipantRequest,
  ListParticipantsRequest,
  ListParticipantsResponse,
  ListRoomsRequest,
  ListRoomsResponse,
  MoveParticipantRequest,
  MoveParticipantResponse,
  MuteRoomTrackRequest,
  MuteRoomTrackResponse,
  PerformRpcRequest,
  PerformRpcResponse,
  RemoveParticipantResponse,
  RoomParticipantIdentity,
  SendDataRequest,
  SendDataResponse,
  UpdateParticipantRequest,
  UpdateRoomMetadataRequest,
  UpdateSubscriptionsRequest,
  UpdateSubscriptionsResponse,
} from '@livekit/protocol';
import { nobodyThere, rpcError, TwirpError } from './errors.ts';
import { mayAdminister, mayCreate, mayList, maySend } from './grants.ts';
import {
  checkAttributes,
  checkDestination,
  checkMetadata,
  checkName,
  checkNonce,
  checkRoomName,
} from './limits.ts';
import type { Method } from './method.ts';
import { method } from './method.ts';

/** LiveKit's RoomService, method by method, as its server SDKs and `lk` call it. */
export const roomService: Readonly<Record<string, Method>> = {
  CreateRoom: method({
    request: CreateRoomRequest,
    may: mayCreate,
    run: async (service, asked) => {
      checkRoomName(asked.name);
      checkMetadata(asked.metadata);
      return service.createRoom(asked);
    },
  }),
  ListRooms: method({
    request: ListRoomsRequest,
    may: mayList,
    run: async (service, asked) => new ListRoomsResponse({ rooms: await service.listRooms(asked) }),
  }),
  DeleteRoom: method({
    request: DeleteRoomRequest,
    may: mayCreate,
    run: async (service, asked) => {
      await service.deleteRoom(asked.room);
      return new DeleteRoomResponse();
    },
  }),
  ListParticipants: method({
    request: ListParticipantsRequest,
    may: mayAdminister,
    run: async (service, asked) =>
      new ListParticipantsResponse({ participants: await service.listParticipants(asked.room) }),
  }),
  GetParticipant: method({
    request: RoomParticipantIdentity,
    may: mayAdminister,
    run: (service, asked) => service.getParticipant(asked.room, asked.identity).catch(nobodyThere),
  }),
  RemoveParticipant: method({
    request: RoomParticipantIdentity,
    may: mayAdminister,
    run: async (service, asked) => {
      await service.removeParticipant(asked).catch(nobodyThere);
      return new RemoveParticipantResponse();
    },
  }),
  MutePublishedTrack: method({
    request: MuteRoomTrackRequest,
    may: mayAdminister,
    run: async (service, asked) =>
      new MuteRoomTrackResponse({ track: await service.mutePublishedTrack(asked) }),
  }),
  UpdateParticipant: method({
    request: UpdateParticipantRequest,
    may: mayAdminister,
    run: async (service, asked) => {
      checkName(asked.name);
      checkMetadata(asked.metadata);
      checkAttributes(asked.attributes);
      return service.updateParticipant(asked).catch(nobodyThere);
    },
  }),
  UpdateSubscriptions: method({
    request: UpdateSubscriptionsRequest,
    may: mayAdminister,
    run: async (service, asked) => {
      await service.updateSubscriptions(asked);
      return new UpdateSubscriptionsResponse();
    },
  }),
  SendData: method({
    request: SendDataRequest,
    may: mayAdminister,
    run: async (service, asked) => {
      checkNonce(asked.nonce);
      await service.sendData(asked);
      return new SendDataResponse();
    },
  }),
  UpdateRoomMetadata: method({
    request: UpdateRoomMetadataRequest,
    may: mayAdminister,
    run: async (service, asked) => {
      checkMetadata(asked.metadata);
      return service.updateRoomMetadata(asked);
    },
  }),
  MoveParticipant: method({
    request: MoveParticipantRequest,
    may: maySend,
    run: async (service, asked) => {
      checkDestination(asked.room, asked.destinationRoom);
      await service.moveParticipant(asked.room, asked.identity, asked.destinationRoom);
      return new MoveParticipantResponse();
    },
  }),
  ForwardParticipant: method({
    request: ForwardParticipantRequest,
    may: maySend,
    run: async (_, asked) => {
      checkDestination(asked.room, asked.destinationRoom);
      // LiveKit's open server has no forwarding either.
      throw new TwirpError('unimplemented', 'not implemented');
    },
  }),
  PerformRpc: method({
    request: PerformRpcRequest,
    may: mayAdminister,
    run: async (service, asked) => {
      if (asked.destinationIdentity === '') {
        throw new TwirpError('invalid_argument', 'destination identity is required');
      }
      const outcome = await service.performRpc(asked).catch(nobodyThere);
      if ('error' in outcome) throw rpcError(outcome.error);
      return new PerformRpcResponse(outcome);
    },
  }),
};
