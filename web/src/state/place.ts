import type { WordKey } from '../i18n/index.ts';
import type { MediaRoom } from './media-room.ts';
import type { Store } from './store.ts';

/** Why a place is not, or no longer, open to this person. */
export type Over =
  | 'gone'
  | 'ended'
  | 'cancelled'
  | 'full'
  | 'locked'
  | 'denied'
  | 'removed'
  | 'left'
  | 'elsewhere'
  | 'lost'
  | 'engaged'
  | 'noMedia'
  | 'refused'
  | 'failed';

/** Why somebody did not come in. Without `why` they stand before the door still, and it says what is amiss. */
export interface Refusal {
  why?: Over;
  details?: string;
}

/** What one may do there, as things stand. */
export interface Rights {
  camera: boolean;
  share: boolean;
  chat: boolean;
  react: boolean;
  /** To mute others and take them out. */
  steer: boolean;
  end: boolean;
  invite: boolean;
}

/** The way to the media of somebody who is in. */
export interface Ticket {
  url: string;
  token: string;
  /** The microphone stays off at first, whatever is brought. */
  muted?: boolean;
}

/** Somewhere with a door and a stage: a room or a meeting. */
export interface Place {
  readonly kind: 'room' | 'meeting';
  /** Its own address in this app, and that of the list it is in. */
  readonly address: string;
  readonly list: '/rooms' | '/meetings';
  readonly title: Store<string>;
  /** What it is a room of, where one is too: one leaves both, and both are over together. */
  readonly home?: Place;
  /** Whether one comes in with the camera on. */
  readonly video: Store<boolean>;
  readonly rights: Store<Rights>;
  /** The uids of those who have raised a hand. */
  readonly hands: Store<ReadonlySet<string>>;
  /** It is over for this person, and not because they left. */
  over: (why: Over) => void;
  /** Why it cannot be entered, as far as this person may know. */
  look(): Promise<Over | undefined>;
  /** Comes in. `waits` is called when somebody has to let one in first; that may take as long as it likes. */
  join(waits: () => void): Promise<Ticket>;
  whyNot(error: unknown): Promise<Refusal>;
  opened(media: MediaRoom): void;
  raise(up: boolean): Promise<void>;
  /** Tells the server that one has left. */
  leave(): void;
  /** One is out already: nothing is told. */
  close(): void;
  end(): Promise<void>;
  /** In words why one is out, and what can be done about it. */
  overWord(why: Over): WordKey;
  cureWord(why: Over): WordKey | undefined;
}
