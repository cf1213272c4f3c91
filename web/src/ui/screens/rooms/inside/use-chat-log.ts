import { useChat } from '@livekit/components-react';
import { useEffect, useRef, useState } from 'react';
import type { WordKey } from '../../../../i18n/index.ts';
import { say } from '../../../../state/announcer.ts';
import { panel } from '../../../../state/in-room.ts';
import { asKnown } from '../../../../state/known-people.ts';
import { useStore } from '../../../use-store.ts';

/** A message as it is shown. */
export interface ChatLine {
  id: string;
  /** Tells people apart; what is said in a row by one is shown together. */
  who: string;
  name: string;
  own: boolean;
  text: string;
  at: Date;
}

export interface ChatLog {
  messages: readonly ChatLine[];
  send: (text: string) => Promise<unknown>;
  /** Messages that came while the chat was closed. */
  unread: number;
  /** Who will be able to read it. */
  hint: WordKey;
  /** A message longer than this is a document. */
  longest: number;
}

/** What was said, for as long as one is there, whether the chat is open or not. */
export function useChatLog(log: Omit<ChatLog, 'unread'>): ChatLog {
  const { messages } = log;
  const open = useStore(panel) === 'chat';
  const count = messages.length;
  // What was said before one came is no news.
  const [read, setRead] = useState(count);
  const told = useRef(count);
  useEffect(() => {
    if (open) setRead(count);
  }, [open, count]);
  useEffect(() => {
    // The open log is read out by itself.
    const fresh = messages.slice(told.current);
    told.current = messages.length;
    if (open) return;
    for (const { own, name, text } of fresh) {
      if (!own) say('room.said', { name, text });
    }
  }, [messages, open]);
  return { ...log, unread: open ? 0 : messages.slice(read).filter(({ own }) => !own).length };
}

/** A room's messages: they go by its media, and nobody keeps them. */
export function useRoomChat(): ChatLog {
  const { chatMessages, send } = useChat();
  const messages = chatMessages.map(({ id, from, message, timestamp }): ChatLine => {
    const uid = from?.identity ?? '';
    return {
      id: id ?? `${timestamp}`,
      who: uid,
      name: from?.name || asKnown({ uid, name: uid, avatarUrl: null }).name,
      own: from?.isLocal === true,
      text: message,
      at: new Date(timestamp),
    };
  });
  return useChatLog({ messages, send, hint: 'room.chatHint', longest: 2000 });
}
