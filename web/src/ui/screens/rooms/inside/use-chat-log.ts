import { useChat } from '@livekit/components-react';
import { useEffect, useRef, useState } from 'react';
import { say } from '../../../../state/announcer.ts';
import { panel } from '../../../../state/in-room.ts';
import { useStore } from '../../../use-store.ts';

export interface ChatLog {
  messages: ReturnType<typeof useChat>['chatMessages'];
  send: (text: string) => Promise<unknown>;
  /** Messages that came while the chat was closed. */
  unread: number;
}

/** The room's messages, for as long as one is in it, whether the chat is open or not. */
export function useChatLog(): ChatLog {
  const { chatMessages, send } = useChat();
  const open = useStore(panel) === 'chat';
  const [read, setRead] = useState(0);
  const told = useRef(0);
  const count = chatMessages.length;
  useEffect(() => {
    if (open) setRead(count);
  }, [open, count]);
  useEffect(() => {
    // The open log is read out by itself.
    const fresh = chatMessages.slice(told.current);
    told.current = chatMessages.length;
    if (open) return;
    for (const { from, message } of fresh) {
      if (from && !from.isLocal) say('room.said', { name: from.name || from.identity, text: message });
    }
  }, [chatMessages, open]);
  return { messages: chatMessages, send, unread: open ? 0 : count - read };
}
