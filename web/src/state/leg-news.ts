import type { WordKey } from '../i18n/index.ts';
import type { CallView } from './call-view.ts';
import type { Participant } from './sdk.ts';

/** Something about one person of a group call that the others are told. */
export interface LegNews {
  key: WordKey;
  name: string;
  /** Seen as well as heard: it explains why a tile is gone. */
  shown: boolean;
}

const words: Partial<Record<Participant['state'], [WordKey, boolean]>> = {
  joined: ['call.joined', false],
  left: ['call.left', true],
  rejected: ['call.legDeclined', true],
  busy: ['call.legBusy', true],
  missed: ['call.legMissed', true],
};

/** What changed between two pictures of a group call; a call of two tells it in its status line. */
export function legNews(before: CallView, after: CallView): LegNews[] {
  if (after.state === 'ended' || after.people.length < 2) return [];
  const news: LegNews[] = [];
  for (const now of after.people) {
    const old = before.people.find((p) => p.person.uid === now.person.uid);
    const word = words[now.state];
    if (!old || !word || old.state === now.state) continue;
    news.push({ key: word[0], name: now.person.name, shown: word[1] });
  }
  return news;
}
