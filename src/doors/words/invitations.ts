import type { Words } from '../words.ts';

export const invitationWords: Words = {
  'meeting.no_invitation': { zh: '邀请不存在', en: 'There is no such invitation' },
  'meeting.no_time': { zh: '该会议未安排时间', en: 'No time is planned for this meeting' },
  'meeting.too_many_invited': {
    zh: '一个会议最多邀请 {limit} 人',
    en: 'At most {limit} are invited to one meeting',
  },
  'meeting.told_often': {
    zh: '会议变更过于频繁，受邀者已收到多封通知，请稍后再试',
    en: 'Those who are invited were told of many changes already, try again later',
  },
  'mail.invited_subject': { zh: '会议邀请：{title}', en: 'Invitation: {title}' },
  'mail.invited_text': {
    zh: '{host} 邀请您参加会议。',
    en: '{host} invites you to a meeting.',
  },
  'mail.changed_subject': { zh: '会议变更：{title}', en: 'Changed: {title}' },
  'mail.changed_text': {
    zh: '您受邀参加的会议已变更。',
    en: 'A meeting that you are invited to has changed.',
  },
  'mail.cancelled_subject': { zh: '会议取消：{title}', en: 'Cancelled: {title}' },
  'mail.cancelled_text': {
    zh: '您受邀参加的会议已取消。',
    en: 'A meeting that you were invited to is cancelled.',
  },
  'mail.withdrawn_subject': { zh: '邀请撤回：{title}', en: 'Invitation taken back: {title}' },
  'mail.withdrawn_text': {
    zh: '您的会议邀请已被撤回。',
    en: 'Your invitation to a meeting was taken back.',
  },
  'mail.meeting_title': { zh: '会议：{title}', en: 'Meeting: {title}' },
  'mail.meeting_host': { zh: '主持人：{host}', en: 'Host: {host}' },
  'mail.meeting_when': { zh: '时间：{when}', en: 'When: {when}' },
  'mail.meeting_any_time': { zh: '时间：未安排', en: 'When: no time is planned' },
  'mail.meeting_link': { zh: '链接：{link}', en: 'Link: {link}' },
};
