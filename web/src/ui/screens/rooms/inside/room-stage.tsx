import { type TrackReferenceOrPlaceholder, useRoomContext, useTracks } from '@livekit/components-react';
import { type Participant, RemoteTrackPublication, RoomEvent, Track } from 'livekit-client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { asKnown, learned } from '../../../../state/known-people.ts';
import { PageSubscriptions } from '../../../../state/page-subscriptions.ts';
import { StageOrder } from '../../../../state/stage-order.ts';
import { Stage } from '../../../stage/stage.tsx';
import type { StageItem } from '../../../stage/stage-item.ts';
import { useStore } from '../../../use-store.ts';
import { RoomTile } from './room-tile.tsx';
import type { Reactions } from './use-reactions.ts';

const faceKey = (identity: string) => `face:${identity}`;

/** Everybody in the room, and what they share. */
export function RoomStage({ lost, reactions }: { lost: boolean; reactions: Reactions }) {
  const room = useRoomContext();
  // Drawn again when a name has come to be known.
  useStore(learned);
  const tracks = useTracks(
    [
      { source: Track.Source.Camera, withPlaceholder: true },
      { source: Track.Source.ScreenShare, withPlaceholder: false },
    ],
    { updateOnlyOn: [], onlySubscribed: false },
  );
  const byKey = new Map(tracks.map((ref) => [itemOf(ref).key, ref]));
  const items = tracks.map(itemOf);
  const { order, speaker } = useOrder(items.filter((one) => !one.screen));
  const place = new Map(order.map((key, i) => [key, i]));
  const faces = items
    .filter((one) => !one.screen)
    .sort((a, b) => (place.get(a.key) ?? Number.MAX_VALUE) - (place.get(b.key) ?? Number.MAX_VALUE));
  const screens = items.filter((one) => one.screen);
  const shown = useSubscriptions(items);

  return (
    <Stage
      faces={faces}
      screens={screens}
      speaker={speaker}
      onShown={useCallback(
        (keys: readonly string[], capacity: number) => {
          shown(keys);
          stageOrderOf(room).holds(capacity);
        },
        [room, shown],
      )}
    >
      {(item, at) => {
        const trackRef = byKey.get(item.key);
        return (
          trackRef && (
            <RoomTile
              item={item}
              place={at}
              trackRef={trackRef}
              lost={lost}
              reaction={reactions.get(item.uid)}
            />
          )
        );
      }}
    </Stage>
  );
}

function itemOf({ participant, source }: TrackReferenceOrPlaceholder): StageItem {
  const { identity } = participant;
  const screen = source === Track.Source.ScreenShare;
  const known = asKnown({ uid: identity, name: participant.name || identity, avatarUrl: null });
  return {
    key: screen ? `screen:${identity}` : faceKey(identity),
    uid: identity,
    name: participant.name || known.name,
    avatarUrl: known.avatarUrl,
    self: participant.isLocal,
    screen,
  };
}

/** One order of tiles for each room, however often the stage is drawn anew. */
const orders = new WeakMap<object, StageOrder>();

function stageOrderOf(room: object): StageOrder {
  const known = orders.get(room) ?? new StageOrder();
  orders.set(room, known);
  return known;
}

function useOrder(faces: readonly StageItem[]) {
  const room = useRoomContext();
  const order = stageOrderOf(room);
  const keys = faces.map((one) => one.key).join('\n');
  const self = faces.find((one) => one.self)?.key ?? '';
  useEffect(() => order.present(keys === '' ? [] : keys.split('\n'), self), [order, keys, self]);
  useEffect(() => {
    const heard = (speakers: readonly Participant[]) =>
      order.heard(speakers.map((one) => faceKey(one.identity)));
    room.on(RoomEvent.ActiveSpeakersChanged, heard);
    return () => {
      room.off(RoomEvent.ActiveSpeakersChanged, heard);
      order.close();
    };
  }, [room, order]);
  return useStore(order);
}

/** Faces on other pages are not sent; screens are few and always are. */
function useSubscriptions(items: readonly StageItem[]): (shown: readonly string[]) => void {
  const room = useRoomContext();
  const [pages] = useState(
    () =>
      new PageSubscriptions((key, on) => {
        const who = room.remoteParticipants.get(key.slice('face:'.length));
        const publication = who?.getTrackPublication(Track.Source.Camera);
        if (publication instanceof RemoteTrackPublication) publication.setSubscribed(on);
      }),
  );
  const all = useRef<readonly string[]>([]);
  all.current = items.filter((one) => !one.screen && !one.self).map((one) => one.key);
  useEffect(() => () => pages.close(), [pages]);
  return useCallback((shown) => pages.show(shown, all.current), [pages]);
}
