import { describe, expect, it } from 'vitest';
import type { CallView } from './call-view.ts';
import { legNews } from './leg-news.ts';
import type { Participant } from './sdk.ts';

const group = (...states: Participant['state'][]): CallView => ({
  id: 'c',
  kind: 'audio',
  direction: 'outgoing',
  isGroup: true,
  peer: { uid: '0', name: 'P0', avatarUrl: null },
  people: states.map((state, n) => ({
    person: { uid: String(n), name: `P${n}`, avatarUrl: null },
    state,
    muted: false,
    videoOn: false,
    sharing: false,
    quality: 'good',
  })),
  state: 'connected',
  muted: false,
  videoOn: false,
  sharing: false,
});

describe('legNews', () => {
  it('tells who came and who will not', () => {
    expect(legNews(group('ringing', 'ringing', 'joined'), group('joined', 'rejected', 'left'))).toEqual([
      { key: 'call.joined', name: 'P0', shown: false },
      { key: 'call.legDeclined', name: 'P1', shown: true },
      { key: 'call.left', name: 'P2', shown: true },
    ]);
  });

  it('says nothing twice, and nothing of a call of two or one that is over', () => {
    expect(legNews(group('joined', 'joined'), group('joined', 'joined'))).toEqual([]);
    expect(legNews(group('ringing'), group('joined'))).toEqual([]);
    expect(legNews(group('joined', 'joined'), { ...group('left', 'left'), state: 'ended' })).toEqual([]);
  });
});
