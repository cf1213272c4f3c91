import { useRemoteParticipants } from '@livekit/components-react';
import type { RoomPlace } from '../../../../state/room-place.ts';
import type { Inside } from '../../../../state/visit.ts';
import { RoomInfoPanel } from './info-panel.tsx';
import { RoomPeoplePanel } from './people-panel.tsx';
import { PlaceInside, PlaceMedia } from './place-inside.tsx';
import { useRoomChat } from './use-chat-log.ts';
import { useRoomNews } from './use-room-news.ts';
import { useStageNews } from './use-stage-news.ts';

/** A room of contract D: what is said and raised in it goes by its media alone. */
export function RoomInside({ visit, place }: { visit: Inside; place: RoomPlace }) {
  return (
    <PlaceMedia visit={visit}>
      <Screen visit={visit} place={place} />
    </PlaceMedia>
  );
}

function Screen({ visit, place }: { visit: Inside; place: RoomPlace }) {
  const chat = useRoomChat();
  const others = useRemoteParticipants({ updateOnlyOn: [] });
  useStageNews(visit);
  useRoomNews(visit, place);
  return (
    <PlaceInside
      visit={visit}
      chat={chat}
      others={others.length}
      people={<RoomPeoplePanel place={place} />}
      info={<RoomInfoPanel place={place} />}
    />
  );
}
