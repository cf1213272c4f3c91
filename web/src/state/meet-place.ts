import type { WordKey } from '../i18n/index.ts';
import { detailOf, problemOf, reasonOf } from './errors.ts';
import { guestPassword, meetingsApi } from './guest.ts';
import { meetingAddress } from './meeting-link.ts';
import type { Over, Place, Refusal, Rights, Ticket } from './place.ts';
import type { Meeting, MeetingLine, MeetingOver, MeetingRole, MeetingView } from './sdk.ts';
import { Store } from './store.ts';

const overWords: Partial<Record<Over, WordKey>> = {
  gone: 'meeting.gone',
  ended: 'meet.over',
  cancelled: 'meet.cancelled',
  full: 'meet.full',
  locked: 'meet.isLocked',
  denied: 'meet.denied',
  removed: 'meet.removed',
  left: 'meet.left',
  elsewhere: 'room.elsewhere',
  lost: 'meet.lost',
  engaged: 'room.engaged',
  noMedia: 'meet.noMedia',
  refused: 'meet.refused',
};
const cures: Partial<Record<Over, WordKey>> = {
  gone: 'meet.goneCure',
  full: 'room.fullCure',
  locked: 'meet.lockedCure',
  removed: 'meet.removedCure',
  elsewhere: 'meet.elsewhereCure',
  lost: 'room.lostCure',
  engaged: 'room.engagedCure',
  noMedia: 'meet.noMediaCure',
  refused: 'meet.refusedCure',
};
/** Contract E's numbers. */
const REASONS: Readonly<Record<number, Over>> = {
  2001: 'gone',
  2002: 'ended',
  2003: 'full',
  2005: 'locked',
  2006: 'removed',
};
const WRONG_PASSWORD = 2004;

/** The line ended before one was in. */
class NotIn extends Error {
  readonly why: MeetingOver;

  constructor(why: MeetingOver, cause: unknown) {
    super(`not let in: ${why}`, { cause });
    this.why = why;
  }
}

/** A meeting of contract E, joined by its link. What is known of it comes by a `MeetingLine`. */
export class MeetingPlace implements Place {
  readonly kind = 'meeting';
  readonly list = '/meetings';
  readonly id: number;
  /** Of a breakout room: the meeting, whose line stays open meanwhile. */
  readonly home?: MeetingPlace;
  readonly title: Store<string>;
  readonly video = new Store(true);
  readonly rights = new Store<Rights>(rightsIn(undefined, undefined));
  readonly hands = new Store<ReadonlySet<string>>(new Set());
  readonly meeting = new Store<Meeting | undefined>(undefined);
  /** Only while one is in, or waits. */
  readonly view = new Store<MeetingView | undefined>(undefined);
  /** It has a password that this person has not said yet; `wrong`: or not rightly. */
  readonly asks = new Store<'no' | 'yes' | 'wrong'>('no');
  /** What a guest has said at the link is not asked again. */
  password = guestPassword();
  over: (why: Over) => void = () => undefined;
  #line: MeetingLine | undefined;

  /** `title`: what it is called as long as nothing is known of it; `home`: the meeting it is a breakout room of. */
  constructor(id: number, title: string, home?: MeetingPlace) {
    this.id = id;
    if (home) this.home = home;
    this.title = new Store(title);
  }

  get address(): string {
    return meetingAddress((this.home ?? this).id);
  }
  get line(): MeetingLine | undefined {
    return this.#line;
  }

  async look(): Promise<Over | undefined> {
    try {
      const meeting = await meetingsApi().get(this.id);
      this.#learn(meeting);
      if (meeting.status === 'cancelled') return 'cancelled';
      return meeting.status === 'ended' ? 'ended' : undefined;
    } catch (error) {
      if (reasonOf(error) === 'not_found') return 'gone';
      if (reasonOf(error) !== 'forbidden') throw error;
      // What has a password is shown to nobody who has not said it.
      if (this.password === '') this.asks.set('yes');
      return undefined;
    }
  }

  join(waits: () => void): Promise<Ticket> {
    this.close();
    const { password } = this;
    const line = meetingsApi().open(this.id, password === '' ? {} : { password });
    this.#line = line;
    line.on('change', (view) => this.#seen(view));
    line.on('error', (error) => console.warn(error));
    line.on('waiting', waits);
    return new Promise((resolve, reject) => {
      line.on('joined', ({ media, muteOnJoin }) => {
        if (media) resolve({ ...media, muted: muteOnJoin });
        else reject(new NotIn('left', undefined));
      });
      line.on('over', (why, error) => {
        reject(new NotIn(why, error));
        this.over(overOf(why));
      });
    });
  }

  async whyNot(error: unknown): Promise<Refusal> {
    if (!(error instanceof NotIn)) return { why: 'failed', details: problemOf(error).details };
    const { why, cause } = error;
    if (why === 'left') {
      this.leave();
      return { why: 'noMedia' };
    }
    if (why !== 'refused') return { why: overOf(why) };
    const code = Number(detailOf(cause, 'code'));
    if (code === WRONG_PASSWORD) {
      this.asks.set(this.password === '' ? 'yes' : 'wrong');
      return {};
    }
    const { details } = problemOf(cause);
    const known = REASONS[code];
    if (known) return { why: known };
    const reason = reasonOf(cause);
    if (reason === 'network') return { why: 'lost', details };
    return { why: reason === 'forbidden' ? 'refused' : 'failed', details };
  }

  opened(): void {
    this.asks.set('no');
  }

  async raise(up: boolean): Promise<void> {
    await this.#line?.raiseHand(up);
  }

  leave(): void {
    const line = this.#line;
    this.#line = undefined;
    line?.leave().catch((error: unknown) => console.warn(error));
  }

  close(): void {
    this.#line?.close();
    this.#line = undefined;
  }

  async end(): Promise<void> {
    await meetingsApi().end(this.id);
  }

  overWord(why: Over): WordKey {
    return overWords[why] ?? 'meet.failed';
  }

  cureWord(why: Over): WordKey | undefined {
    return cures[why];
  }

  #seen(view: MeetingView): void {
    // What one was told last is what the page after it shows.
    if (view.status === 'over') return;
    this.view.set(view);
    if (view.meeting) this.#learn(view.meeting);
    this.rights.set(this.#rightsIn(view, view.meeting));
    const raised = [...view.people.values()].filter(({ handRaisedAt }) => handRaisedAt !== null);
    this.hands.set(new Set(raised.map(({ uid }) => uid)));
  }

  #learn(meeting: Meeting): void {
    this.meeting.set(meeting);
    this.title.set(meeting.title);
    this.video.set(meeting.type === 'video');
    this.rights.set(this.#rightsIn(this.view.get(), meeting));
  }

  /** A breakout room is filled and closed from its meeting. */
  #rightsIn(view: MeetingView | undefined, meeting: Meeting | undefined): Rights {
    const rights = rightsIn(view, meeting);
    return this.home ? { ...rights, end: false, invite: false } : rights;
  }
}

/** Whoever runs the meeting with others. */
export const runs = (role: MeetingRole | undefined): boolean => role === 'host' || role === 'moderator';

function rightsIn(view: MeetingView | undefined, meeting: Meeting | undefined): Rights {
  const steer = runs(view?.role);
  const settings = view?.settings ?? meeting?.settings;
  const chat = settings?.chat !== false || steer;
  return {
    camera: meeting?.type !== 'audio',
    share: settings?.screenShare !== false,
    chat,
    // Reactions go by the media's data, which is off together with the chat.
    react: chat,
    steer,
    end: view?.role === 'host',
    invite: steer,
  };
}

const overOf = (why: MeetingOver): Over =>
  why === 'signedOut' ? 'lost' : why === 'refused' ? 'refused' : why;
