import {
  isTrackReference,
  type TrackReferenceOrPlaceholder,
  useConnectionQualityIndicator,
  useIsMuted,
  useIsSpeaking,
  VideoTrack,
} from '@livekit/components-react';
import { ConnectionQuality, Track } from 'livekit-client';
import { useWords } from '../../../../i18n/use-words.ts';
import { Icon } from '../../../icons.tsx';
import { FaceTile } from '../../../stage/face-tile.tsx';
import type { TilePlace } from '../../../stage/stage.tsx';
import type { StageItem } from '../../../stage/stage-item.ts';
import style from './room-tile.module.css';
import { usePoor } from './use-poor.ts';

interface RoomTileProps {
  item: StageItem;
  place: TilePlace;
  trackRef: TrackReferenceOrPlaceholder;
  /** One's own media is interrupted: what is seen is the last that came. */
  lost: boolean;
  hand: boolean;
  reaction: string | undefined;
}

/** A participant of a LiveKit room on the stage. */
export function RoomTile({ item, place, trackRef, lost, hand, reaction }: RoomTileProps) {
  const { participant } = trackRef;
  const muted = useIsMuted({ participant, source: Track.Source.Microphone });
  const off = useIsMuted(trackRef);
  const speaking = useIsSpeaking(participant);
  const { quality } = useConnectionQualityIndicator({ participant });
  const poor = usePoor(quality === ConnectionQuality.Poor || quality === ConnectionQuality.Lost);
  const gone = quality === ConnectionQuality.Lost && poor && !item.self;
  return (
    <FaceTile
      item={item}
      place={place}
      picture={picture(item, trackRef, off)}
      muted={muted}
      speaking={speaking && !item.screen}
      lost={lost || gone}
      poor={poor && !gone}
      hand={hand && !item.screen}
      reaction={item.screen ? undefined : reaction}
    />
  );
}

function picture(item: StageItem, trackRef: TrackReferenceOrPlaceholder, off: boolean) {
  if (item.screen && item.self) return <OwnScreen />;
  if (!isTrackReference(trackRef) || off || !trackRef.publication.track) return undefined;
  const testId = item.screen ? `screen-${item.uid}` : item.self ? 'local-video' : `remote-video-${item.uid}`;
  return (
    <VideoTrack
      trackRef={trackRef}
      data-testid={testId}
      className={item.self ? style.mirror : undefined}
      playsInline
    />
  );
}

/** One's own screen is a card: its picture would show itself. */
function OwnScreen() {
  const { t } = useWords();
  return (
    <span className={style.card}>
      <Icon name="share" />
      {t('call.sharingSelf')}
    </span>
  );
}
