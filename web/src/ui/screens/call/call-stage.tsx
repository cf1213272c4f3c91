import { useEffect, useState } from 'react';
import type { WordKey } from '../../../i18n/index.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { type CallView, present } from '../../../state/call-view.ts';
import type { Participant } from '../../../state/sdk.ts';
import { session } from '../../../state/session.ts';
import { StageOrder } from '../../../state/stage-order.ts';
import { resetStage } from '../../../state/stage-view.ts';
import { Icon } from '../../icons.tsx';
import { FaceTile } from '../../stage/face-tile.tsx';
import { Stage, type TilePlace } from '../../stage/stage.tsx';
import type { StageItem } from '../../stage/stage-item.ts';
import { useStore } from '../../use-store.ts';
import { Picture } from './picture.tsx';
import style from './tile.module.css';
import { useSpeakers } from './use-speakers.ts';

const SELF = 'self';
const faceKey = (uid: string) => `face:${uid}`;
const waiting: Partial<Record<Participant['state'], WordKey>> = {
  invited: 'call.legInvited',
  ringing: 'call.legRinging',
};

/** A call of several people on the stage that rooms have: as a grid, or with whoever speaks large. */
export function CallStage({ view }: { view: CallView }) {
  const { t } = useWords();
  const now = useStore(session);
  const profile = now.status === 'in' ? now.profile : undefined;
  const people = present(view);
  const speaking = useSpeakers(people);
  const [order] = useState(() => new StageOrder());
  const { order: places, speaker } = useStore(order);
  const keys = [...people.map((p) => faceKey(p.person.uid)), SELF].join('\n');
  const spoken = [...speaking].map(faceKey).join('\n');
  useEffect(() => order.present(keys.split('\n'), SELF), [order, keys]);
  useEffect(() => order.heard(spoken === '' ? [] : spoken.split('\n')), [order, spoken]);
  useEffect(() => {
    resetStage();
    return () => order.close();
  }, [order]);

  const byKey = new Map(people.map((p) => [faceKey(p.person.uid), p]));
  const self: StageItem = {
    key: SELF,
    uid: SELF,
    name: profile?.name ?? t('common.you'),
    avatarUrl: profile?.avatarUrl ?? null,
    self: true,
    screen: false,
  };
  const faces = places.flatMap((key) => {
    const who = byKey.get(key);
    return key === SELF ? [self] : who ? [itemOf(who, false)] : [];
  });
  const screens = people.filter((p) => p.sharing && p.videoOn).map((p) => itemOf(p, true));

  return (
    <Stage faces={faces} screens={screens} speaker={speaker}>
      {(item, place) => {
        if (item.self) return <OwnFace view={view} item={item} place={place} />;
        const who = byKey.get(faceKey(item.uid));
        return who && <Face who={who} item={item} place={place} speaking={speaking.has(item.uid)} />;
      }}
    </Stage>
  );
}

const itemOf = ({ person }: Participant, screen: boolean): StageItem => ({
  key: screen ? `screen:${person.uid}` : faceKey(person.uid),
  uid: person.uid,
  name: person.name,
  avatarUrl: person.avatarUrl,
  self: false,
  screen,
});

interface FaceProps {
  who: Participant;
  item: StageItem;
  place: TilePlace;
  speaking: boolean;
}

/** In a call somebody's screen takes the place of their camera: then the face is the initials. */
function Face({ who, item, place, speaking }: FaceProps) {
  const { t } = useWords();
  const { stream, state, muted, videoOn, sharing, quality } = who;
  const word = waiting[state];
  const drawn = videoOn && stream !== undefined && state === 'joined' && item.screen === sharing;
  return (
    <FaceTile
      item={item}
      place={place}
      picture={drawn ? <Picture stream={stream} testId={`remote-video-${item.uid}`} /> : undefined}
      muted={muted && state === 'joined'}
      speaking={speaking && !item.screen}
      lost={quality === 'lost' && state === 'joined'}
      poor={quality === 'poor' && state === 'joined'}
      word={word && t(word)}
    />
  );
}

function OwnFace({ view, item, place }: { view: CallView; item: StageItem; place: TilePlace }) {
  const { t } = useWords();
  const card = (
    <span className={style.shareCard}>
      <Icon name="share" />
      {t('call.sharingSelf')}
    </span>
  );
  const camera = view.videoOn && view.localStream && (
    <Picture stream={view.localStream} testId="local-video" className={style.mirror} />
  );
  return (
    <FaceTile
      item={view.sharing ? { ...item, screen: true } : item}
      place={place}
      picture={view.sharing ? card : camera || undefined}
      muted={view.muted}
    />
  );
}
