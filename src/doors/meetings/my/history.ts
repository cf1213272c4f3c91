import { Type } from 'typebox';
import { route } from '../../route.ts';
import { OrNull, Success, success, Time } from '../envelope.ts';
import { presentMeeting, timeOrNull } from '../meetings/present.ts';
import { MeetingModel, Role } from '../meetings/schema.ts';
import { Listed, listed, Paging, pageOf } from '../page.ts';

const Attended = Type.Object({
  ...MeetingModel.properties,
  role: Role,
  joined_at: OrNull(Time),
  left_at: OrNull(Time),
});

/** 获取会议历史 */
export const history = route({
  method: 'GET',
  url: '/api/v1/my/meetings/history',
  access: 'user',
  summary: '获取会议历史: what is over, the latest first, and one’s own part in it',
  query: Type.Object(Paging),
  response: Success(Listed('meetings', Attended)),
  async handler(app, asked) {
    const { query } = asked;
    const { attended, total } = await app.meetings.history(asked, pageOf(query));
    const shown = attended.map(({ meeting, participant }) => ({
      ...presentMeeting(meeting),
      role: participant.role,
      joined_at: timeOrNull(participant.joinedAt),
      left_at: timeOrNull(participant.leftAt),
    }));
    return success(asked, listed('meetings', shown, total, query));
  },
});
