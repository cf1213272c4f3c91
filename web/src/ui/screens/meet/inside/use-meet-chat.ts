import type { MeetingPlace } from '../../../../state/meet-place.ts';
import { useStore } from '../../../use-store.ts';
import { type ChatLine, type ChatLog, useChatLog } from '../../rooms/inside/use-chat-log.ts';

/** A meeting's messages, which the server keeps for whoever comes later. */
export function useMeetChat(place: MeetingPlace): ChatLog {
  const view = useStore(place.view);
  const messages = (view?.messages ?? []).map(({ id, userId, name, content, at }): ChatLine => {
    return { id: String(id), who: String(userId), name, own: userId === view?.userId, text: content, at };
  });
  const send = async (text: string) => place.line?.say(text);
  return useChatLog({ messages, send, hint: 'meet.chatHint', longest: 4000 });
}
