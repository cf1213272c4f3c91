import type {
  Meeting,
  MeetingSession,
  MeetingSettings,
  Participant,
} from '../../../core/meetings/meeting.ts';
import type { User } from '../../../core/users/user.ts';
import type { Store } from '../../../ports/store.ts';
import { AT, type Subject, uniqueUid } from './subject.ts';

export const SOME_SETTINGS: MeetingSettings = {
  recording: false,
  chat: true,
  screenShare: true,
  waitingRoom: false,
  muteOnJoin: true,
  guests: false,
};

export const aPart = ({ id, uid }: User, more: Partial<Participant> = {}): Participant => ({
  id: 0,
  userId: id,
  uid,
  role: 'participant',
  state: 'invited',
  admitted: false,
  joinedAt: null,
  leftAt: null,
  deadlineAt: null,
  media: { audio: false, video: false, screen: false },
  handAt: null,
  guest: false,
  createdAt: AT,
  updatedAt: AT,
  ...more,
});

export const online: Partial<Participant> = { state: 'online', admitted: true, joinedAt: AT };

/** Made by the first of these people; the others are invited. */
export function aMeeting(
  [creator, ...others]: readonly [User, ...User[]],
  more: Partial<Meeting> = {},
): Meeting {
  return {
    id: 0,
    parentId: null,
    round: null,
    seriesId: null,
    occurrenceDay: null,
    title: `About ${uniqueUid()}`,
    description: '议程 and more',
    startTime: null,
    endTime: null,
    maxParticipants: 50,
    type: 'video',
    status: 'scheduled',
    creatorId: creator.id,
    settings: SOME_SETTINGS,
    hasPassword: false,
    locked: false,
    createdAt: AT,
    updatedAt: AT,
    startedAt: null,
    endedAt: null,
    emptyAt: null,
    version: 1,
    participants: [
      aPart(creator, { role: 'host', admitted: true }),
      ...others.map((one) => aPart(one, { state: 'invited', admitted: true })),
    ],
    sessions: [],
    ...more,
  };
}

export const aSession = (
  meeting: Meeting,
  { id }: User,
  more: Partial<MeetingSession> = {},
): MeetingSession => {
  const name = uniqueUid();
  return {
    id: `ses_${name}`,
    meetingId: meeting.id,
    participantId: meeting.participants.find(({ userId }) => userId === id)?.id ?? 0,
    userId: id,
    kind: 'socket',
    sid: `ses_${name}`,
    nodeId: 'a node',
    device: 'web',
    startedAt: AT,
    endedAt: null,
    reason: null,
    quality: null,
    ...more,
  };
};

/** The next version of a meeting, with this changed. */
export const next = (meeting: Meeting, change: Partial<Meeting>): Meeting => ({
  ...meeting,
  version: meeting.version + 1,
  ...change,
});

/** A meeting's people with one of them changed. */
export const withPart = (meeting: Meeting, { id }: User, change: Partial<Participant>): Participant[] =>
  meeting.participants.map((part) => (part.userId === id ? { ...part, ...change } : part));

/** What the suites do with meetings. */
export function meetingsOn(subject: () => Subject) {
  const store = (): Store => subject().store;
  return {
    store,
    insert: (meeting: Meeting, hash: string | null = null) =>
      store().transaction((tx) => tx.meetings.insert(meeting, hash)),
    save: (before: Meeting, after: Meeting) => store().transaction((tx) => tx.meetings.save(before, after)),
    /** Saves what must go through. */
    async to(before: Meeting, change: Partial<Meeting>): Promise<Meeting> {
      const saved = await store().transaction((tx) => tx.meetings.save(before, next(before, change)));
      if (!saved) throw new Error('another version was there');
      return saved;
    },
    get: ({ id }: Meeting) => store().read.meetings.get(id),
  };
}
