import type { ParleyError } from '../core/errors.ts';
import type { Locale } from './locale.ts';
import { breakoutWords } from './words/breakouts.ts';
import { callWords } from './words/calls.ts';
import { engineWords } from './words/engine.ts';
import { invitationWords } from './words/invitations.ts';
import { mediaWords } from './words/media.ts';
import { meetingWords } from './words/meetings.ts';
import { peopleWords } from './words/people.ts';
import { pollWords } from './words/polls.ts';
import { roomWords } from './words/rooms.ts';
import { seriesWords } from './words/series.ts';
import { signalingWords } from './words/signaling.ts';
import { socketWords } from './words/sockets.ts';
import { uploadWords } from './words/uploads.ts';
import { whipWords } from './words/whip.ts';

/** One message in the languages we speak; `{name}` is filled from the error's details. */
export type Words = Readonly<Record<string, Readonly<Record<Locale, string>>>>;

const general: Words = {
  'invalid.field': { zh: '参数错误：{field}', en: 'Invalid value: {field}' },
  'invalid.body': { zh: '请求体不是有效的 JSON', en: 'The body is not valid JSON' },
  'invalid.request': { zh: '请求无效', en: 'Invalid request' },
  'auth.required': { zh: '需要登录', en: 'Authentication required' },
  'auth.invalid': { zh: '令牌无效', en: 'Invalid token' },
  'auth.expired': { zh: '令牌已过期', en: 'Token expired' },
  'auth.banned': { zh: '账号已被封禁', en: 'This account is banned' },
  'auth.forbidden': { zh: '无权限', en: 'Not allowed' },
  'auth.guest': { zh: '访客只能使用受邀的会议', en: 'Without an account you can use your meeting only' },
  'auth.not_yourself': { zh: '只能以自己的身份操作', en: 'You can only act as yourself' },
  'route.unknown': { zh: '接口不存在', en: 'No such route' },
  too_large: { zh: '请求体过大', en: 'The body is too large' },
  unsupported: { zh: '不支持的内容类型', en: 'Unsupported content type' },
  limit: { zh: '请求过于频繁，请稍后再试', en: 'Too many requests, try again later' },
  taken: { zh: '已被占用：{field}', en: 'Already taken: {field}' },
  bus: { zh: '服务暂不可用', en: 'The service is unavailable' },
  database: { zh: '服务暂不可用', en: 'The service is unavailable' },
  unavailable: { zh: '服务暂不可用', en: 'The service is unavailable' },
  internal: { zh: '服务器内部错误', en: 'Internal error' },
};

const words: Words = {
  ...general,
  ...breakoutWords,
  ...callWords,
  ...engineWords,
  ...invitationWords,
  ...mediaWords,
  ...meetingWords,
  ...peopleWords,
  ...pollWords,
  ...roomWords,
  ...seriesWords,
  ...signalingWords,
  ...socketWords,
  ...uploadWords,
  ...whipWords,
};

/** The message for a key; a key without words is a bug that its own test finds. */
export function say(key: string, locale: Locale, details: ParleyError['details'] = {}): string {
  const text = words[key]?.[locale] ?? words.internal?.[locale] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ''));
}

export const sayError = (error: ParleyError, locale: Locale) => say(error.key, locale, error.details);
export const hasWords = (key: string) => key in words;
