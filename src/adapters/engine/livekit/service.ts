import type { TrackInfo, WebhookEvent } from '@livekit/protocol';
import type { RoomServiceClient } from 'livekit-server-sdk';
import { ServerError } from 'livekit-server-sdk';
import type { ErrorCode } from '../../../core/errors.ts';
import { ParleyError } from '../../../core/errors.ts';
import type { RoomService } from '../../../ports/room-service.ts';

/** A LiveKit cluster's RoomService. What it refuses, and that it cannot be reached, is told in our errors. */
export function clusterService(
  client: RoomServiceClient,
  listen: (heard: (event: WebhookEvent) => void) => () => void,
): RoomService {
  return {
    createRoom: (asked) =>
      told(
        client.createRoom({
          name: asked.name,
          emptyTimeout: asked.emptyTimeout,
          departureTimeout: asked.departureTimeout,
          maxParticipants: asked.maxParticipants,
          metadata: asked.metadata,
        }),
      ),
    listRooms: (asked) => told(client.listRooms(asked.names)),
    deleteRoom: (room) => told(client.deleteRoom(room)),
    listParticipants: (room) => told(client.listParticipants(room)),
    getParticipant: (room, identity) => told(client.getParticipant(room, identity)),
    removeParticipant: ({ room, identity, revokeTokenTs }) =>
      told(client.removeParticipant(room, identity, { revokeTokenTs })),
    mutePublishedTrack: async (asked) => {
      const { room, identity, trackSid, muted } = asked;
      const track: TrackInfo | undefined = await told(
        client.mutePublishedTrack(room, identity, trackSid, muted),
      );
      // LiveKit answers nothing for a track that is not there.
      if (!track) throw new ParleyError('not_found', 'media.not_found');
      return track;
    },
    updateParticipant: ({ room, identity, permission, metadata, name, attributes }) =>
      told(
        client.updateParticipant(room, identity, {
          attributes,
          ...(metadata === '' ? {} : { metadata }),
          ...(name === '' ? {} : { name }),
          ...(permission ? { permission } : {}),
        }),
      ),
    updateSubscriptions: ({ room, identity, trackSids, subscribe }) =>
      told(client.updateSubscriptions(room, identity, trackSids, subscribe)),
    sendData: ({ room, data, kind, destinationIdentities, topic }) =>
      told(
        client.sendData(room, data, kind, {
          destinationIdentities,
          ...(topic === undefined ? {} : { topic }),
        }),
      ),
    updateRoomMetadata: (asked) => told(client.updateRoomMetadata(asked.room, asked.metadata)),
    performRpc: async () => {
      // The cluster's own API has it; its library does not.
      throw new ParleyError('unsupported', 'media.unsupported');
    },
    moveParticipant: (room, identity, destination) =>
      told(client.moveParticipant(room, identity, destination)),
    listen,
  };
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  not_found: 'not_found',
  invalid_argument: 'invalid',
  malformed: 'invalid',
  already_exists: 'conflict',
  failed_precondition: 'unsupported',
  unimplemented: 'unsupported',
  resource_exhausted: 'limit',
};

async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    // Whatever is not the cluster's own answer to a request of ours (a refused key, no network, its
    // own trouble) means to whoever asked that there is no media now.
    const code = error instanceof ServerError ? CODES[error.code ?? ''] : undefined;
    const problem = new ParleyError(code ?? 'unavailable', KEYS[code ?? ''] ?? 'media.unreachable');
    throw Object.assign(problem, { cause: error });
  }
}

const KEYS: Readonly<Partial<Record<string, string>>> = {
  not_found: 'media.not_found',
  invalid: 'media.invalid',
  conflict: 'media.invalid',
  unsupported: 'media.unsupported',
  limit: 'media.limit',
};
