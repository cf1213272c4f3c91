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

interface RoomStageProps {
  lost: boolean;
  reactions: Reactions;
  /** The uids of those who have raised one. */
  hands: ReadonlySet<string>;
}

/** Everybody there, and what they share. */
export function RoomStage({ lost, reactions, hands }: RoomStageProps) {
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
  const shown = useSubscriptions(tracks);

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
              hand={hands.has(item.uid)}
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
function useSubscriptions(
  tracks: readonly TrackReferenceOrPlaceholder[],
): (shown: readonly string[]) => void {
  const room = useRoomContext();
  const [pages] = useState(
    () =>
      new PageSubscriptions((sid, on) => {
        for (const who of room.remoteParticipants.values()) {
          const publication = who.trackPublications.get(sid);
          if (publication instanceof RemoteTrackPublication) publication.setSubscribed(on);
        }
      }),
  );
  const sids = new Map(
    tracks.flatMap((ref) =>
      ref.publication && !ref.participant.isLocal && ref.source === Track.Source.Camera
        ? [[itemOf(ref).key, ref.publication.trackSid]]
        : [],
    ),
  );
  const now = useRef({ sids, keys: undefined as readonly string[] | undefined });
  now.current.sids = sids;
  const show = useCallback(() => {
    const { keys, sids: all } = now.current;
    if (!keys) return;
    const shown = keys.flatMap((key) => all.get(key) ?? []);
    pages.show(shown, [...all.values()]);
  }, [pages]);
  const names = [...sids.values()].join('\n');
  // Whoever comes, or turns the camera on, while the page stays as it is may be on another one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture is the reason to look again.
  useEffect(show, [show, names]);
  useEffect(() => () => pages.close(), [pages]);
  return useCallback(
    (keys) => {
      now.current.keys = keys;
      show();
    },
    [show],
  );
}
