import type { Static } from 'typebox';
import { Type } from 'typebox';
import type { App } from '../../../core/app.ts';
import type { Asker } from '../../../core/calls/index.ts';
import { WholeNumber } from '../../whole-number.ts';
import { Listed, listed, Paging, pageOf } from '../page.ts';
import { presentMessages } from './present.ts';
import { MessageModel } from './schema.ts';

export const MessagePage = Type.Object({
  ...Paging,
  after: Type.Optional(WholeNumber({ minimum: 0, description: 'Messages with a greater number only.' })),
});
export const Messages = Listed('messages', MessageModel);

/** What both routes of the contract answer for a meeting's messages: oldest first. */
export async function readMessages(
  app: App,
  asker: Asker,
  meetingId: number,
  query: Static<typeof MessagePage>,
) {
  const { messages, total } = await app.meetings.messages(asker, meetingId, pageOf(query), {
    ...(query.after === undefined ? {} : { after: query.after }),
  });
  return listed('messages', await presentMessages(app, messages), total, query);
}
