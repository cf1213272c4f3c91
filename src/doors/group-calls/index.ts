import type { Door } from '../route.ts';
import { active } from './active.ts';
import { answer } from './answer.ts';
import { call } from './call.ts';
import { calls } from './calls.ts';
import { cancel } from './cancel.ts';
import { detail } from './detail.ts';
import { device } from './device.ts';
import { error } from './errors.ts';
import { hangup } from './hangup.ts';
import { invite } from './invite.ts';
import { join } from './join.ts';
import { leave } from './leave.ts';
import { mute } from './mute.ts';
import { reject } from './reject.ts';
import { reportStats } from './report-stats.ts';
import { Failure } from './schema.ts';
import { signal } from './signal.ts';
import { stats } from './stats.ts';
import { video } from './video.ts';

/** Contract B: calls between two people or in groups over REST. */
export const groupCalls: Door = {
  name: 'group-calls',
  description: 'Calls between two people and in groups, string user ids (contract B).',
  routes: [
    call,
    answer,
    reject,
    hangup,
    cancel,
    signal,
    calls,
    detail,
    active,
    invite,
    join,
    leave,
    device,
    mute,
    video,
    stats,
    reportStats,
  ],
  prefixes: ['/api/v1/rtc'],
  errorSchema: Failure,
  error,
};
