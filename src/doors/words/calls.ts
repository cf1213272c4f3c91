import type { Words } from '../words.ts';

export const callWords: Words = {
  'call.unknown': { zh: '通话不存在', en: 'No such call' },
  'call.nobody': { zh: '没有可呼叫的对象', en: 'Nobody to call' },
  'call.self': { zh: '不能呼叫自己', en: 'You cannot call yourself' },
  'call.in_call': { zh: '你正在通话中', en: 'You are in a call already' },
  'call.over': { zh: '通话状态不允许此操作：{status}', en: 'The call can no longer take this: {status}' },
  'call.answered_elsewhere': { zh: '已在其他设备接听', en: 'Answered on another device' },
  'call.not_in_call': { zh: '你不在此通话中', en: 'You are not in this call' },
  'call.not_yours': { zh: '无权对此通话执行该操作', en: 'This is not yours to do in this call' },
  'call.full': { zh: '通话人数已满', en: 'The call is full' },
  'call.contended': { zh: '通话繁忙，请重试', en: 'The call is busy, try again' },
  'call.not_contact': { zh: '互为联系人才能呼叫', en: 'Only contacts can call each other' },
  'call.not_member': { zh: '不是群组成员：{uid}', en: 'Not a member of the group: {uid}' },
  'call.no_stats': { zh: '没有统计数据', en: 'No statistics' },
  'call.no_answer_sdp': { zh: '缺少 answer', en: 'The answer is missing' },
  'call.busy': { zh: '对方忙', en: 'Busy' },
  'call.offline': { zh: '对方不在线', en: 'Not online' },
};
