import {
  DataPacket_Kind,
  type DataTrackInfo,
  type PerformRpcRequest,
  type SyncState,
} from '@livekit/protocol';
import type { EmbeddedOptions } from '../../options.ts';
import type { DataSignal, Member, RoomData, RoomView, ServerData, Subscriptions } from '../types.ts';
import { Blobs } from './blobs.ts';
import { DataTracks } from './data-tracks.ts';
import { Packets } from './packets.ts';
import { ServerRpc } from './server-rpc.ts';

export type RoomDataOptions = Pick<EmbeddedOptions, 'clock' | 'dataBlobBytes' | 'failed'>;

/** Everything about data in one room. What one client sends never fails another one's. */
export function openRoomData(
  room: RoomView,
  subscriptions: Pick<Subscriptions, 'allows' | 'isSubscribed'>,
  { clock, dataBlobBytes, failed }: RoomDataOptions,
): RoomData {
  const now = () => clock.now();
  const rpc = new ServerRpc();
  const packets = new Packets(room, subscriptions, rpc, now);
  const tracks = new DataTracks(room, subscriptions, now);
  const blobs = new Blobs(room, dataBlobBytes);
  return new OpenRoomData(packets, rpc, tracks, blobs, failed);
}

class OpenRoomData implements RoomData {
  readonly #packets: Packets;
  readonly #rpc: ServerRpc;
  readonly #tracks: DataTracks;
  readonly #blobs: Blobs;
  readonly #failed: EmbeddedOptions['failed'];

  constructor(
    packets: Packets,
    rpc: ServerRpc,
    tracks: DataTracks,
    blobs: Blobs,
    failed: EmbeddedOptions['failed'],
  ) {
    this.#packets = packets;
    this.#rpc = rpc;
    this.#tracks = tracks;
    this.#blobs = blobs;
    this.#failed = failed;
  }

  received(member: Member, label: string, payload: Buffer, _text: boolean): void {
    if (member.closed || !member.permission.canPublishData) return;
    try {
      if (label === '_reliable') this.#packets.received(member, DataPacket_Kind.RELIABLE, payload);
      else if (label === '_lossy') this.#packets.received(member, DataPacket_Kind.LOSSY, payload);
      else if (label === '_data_track') this.#tracks.packet(member, payload);
      else this.#packets.receivedRaw(member, payload);
    } catch (error) {
      this.#failed(`data of ${member.sid}`, error);
    }
  }

  signalled(member: Member, message: DataSignal): void {
    switch (message.case) {
      case 'publishDataTrackRequest':
        this.#tracks.publish(member, message.value);
        break;
      case 'unpublishDataTrackRequest':
        this.#tracks.unpublish(member, message.value);
        break;
      case 'updateDataSubscription':
        this.#tracks.update(member, message.value);
        break;
      case 'storeDataBlobRequest':
        this.#blobs.store(member, message.value);
        break;
      case 'getDataBlobRequest':
        this.#blobs.get(member, message.value);
        break;
    }
  }

  activated(member: Member): void {
    this.#packets.activated(member);
    this.#tracks.activated(member);
  }

  permitted(member: Member): void {
    this.#tracks.permitted(member);
  }

  left(member: Member): void {
    this.#packets.left(member);
    this.#rpc.left(member);
    this.#tracks.left(member);
    this.#blobs.left(member);
  }

  tracks(member: Member): readonly DataTrackInfo[] {
    return this.#tracks.published.of(member);
  }

  lastSequence(member: Member): number {
    return this.#packets.lastSequence(member);
  }

  synced(member: Member, state: SyncState): void {
    if (state.dataSubscription) this.#tracks.update(member, state.dataSubscription);
    this.#tracks.synced(member);
    this.#packets.replay(member, state.datachannelReceiveStates);
  }

  sendFromServer(data: ServerData): void {
    this.#packets.sendFromServer(data);
  }

  performRpc(member: Member, asked: PerformRpcRequest) {
    return this.#rpc.call(member, asked);
  }

  close(): void {
    this.#rpc.close();
    this.#packets.close();
  }
}
