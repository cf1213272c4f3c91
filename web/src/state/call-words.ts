import type { WordKey } from '../i18n/index.ts';
import { detailOf, reasonOf } from './errors.ts';
import type { CallState, EndReason } from './sdk.ts';

export type Direction = 'outgoing' | 'incoming';

/** The word for how a call ended, from the side of the person who looks. */
export function endedWord(reason: EndReason | undefined, direction: Direction): WordKey {
  const out = direction === 'outgoing';
  switch (reason) {
    case 'busy':
      return 'call.busy';
    case 'rejected':
      return out ? 'call.declined' : 'call.youDeclined';
    case 'missed':
      return out ? 'call.noAnswer' : 'call.missed';
    case 'cancelled':
      return out ? 'call.cancelled' : 'call.missed';
    case 'unavailable':
      return 'call.offline';
    case 'not_allowed':
      return 'call.notAllowed';
    case 'answered_elsewhere':
      return 'call.elsewhere';
    case 'rejected_elsewhere':
      return 'call.declinedElsewhere';
    case 'media_error':
      return 'call.mediaError';
    case 'lost':
      return 'call.lost';
    case 'error':
      return 'call.failed';
    case 'hung_up':
    case undefined:
      return 'call.ended';
  }
}

/** The word for a call that could not even begin. */
export function refusedWord(error: unknown): WordKey {
  switch (reasonOf(error)) {
    case 'forbidden':
      return 'call.notAllowed';
    case 'conflict':
      return detailOf(error, 'status') === 'busy' ? 'call.busy' : 'call.conflict';
    case 'network':
      return 'error.network';
    case 'not_found':
      return 'call.offline';
    case 'limit':
      return 'error.limit';
    default:
      return 'call.failed';
  }
}

/** The status line of a call that is alive; a connected call shows its length instead. */
export function stateWord(state: CallState | 'starting'): WordKey {
  switch (state) {
    case 'starting':
    case 'calling':
      return 'call.calling';
    case 'ringing':
      return 'call.ringing';
    case 'incoming':
      return 'call.inAudio';
    case 'connecting':
      return 'call.connecting';
    case 'reconnecting':
      return 'net.reconnecting';
    case 'connected':
      return 'call.connected';
    case 'ended':
      return 'call.ended';
  }
}

/** Endings after which the caller hears the busy tone. */
export function soundsBusy(reason: EndReason | undefined): boolean {
  return reason === 'busy' || reason === 'rejected' || reason === 'missed' || reason === 'unavailable';
}
