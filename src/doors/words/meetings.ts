import type { Words } from '../words.ts';

export const meetingWords: Words = {
  'meeting.unknown': { zh: '会议不存在', en: 'There is no such meeting' },
  'meeting.over': { zh: '会议已结束', en: 'The meeting is over' },
  'meeting.full': { zh: '会议人数已满', en: 'The meeting is full' },
  'meeting.wrong_password': { zh: '会议密码错误', en: 'Wrong meeting password' },
  'meeting.password_needed': { zh: '该会议需要密码', en: 'This meeting asks for a password' },
  'meeting.locked': { zh: '会议已锁定', en: 'The meeting is locked' },
  'meeting.removed': { zh: '你已被移出会议', en: 'You were removed from the meeting' },
  'meeting.ongoing': { zh: '会议正在进行，请先结束会议', en: 'The meeting is going on: end it first' },
  'meeting.not_started': { zh: '会议尚未开始', en: 'The meeting has not begun' },
  'meeting.not_in': { zh: '你不在该会议中', en: 'You are not in this meeting' },
  'meeting.not_allowed': {
    zh: '你在会议中的角色无权执行此操作',
    en: 'Your role in the meeting does not allow this',
  },
  'meeting.creator': {
    zh: '不能更改会议创建者的身份',
    en: 'Nobody else changes the part of the meeting’s creator',
  },
  'meeting.self': { zh: '不能移除自己，请离开会议', en: 'Leave the meeting instead of removing yourself' },
  'meeting.not_yours': { zh: '不能开启他人的音视频', en: 'Nobody turns on what somebody else sends' },
  'meeting.no_participant': { zh: '参与者不存在', en: 'There is no such participant' },
  'meeting.no_session': { zh: '会话不存在', en: 'There is no such session' },
  'meeting.not_online': { zh: '对方不在会议中', en: 'They are not in the meeting now' },
  'meeting.guest_role': {
    zh: '访客不能担任主持人或协管人',
    en: 'Somebody without an account is neither host nor moderator',
  },
  'meeting.no_guests': {
    zh: '没有可供访客加入的会议，请登录',
    en: 'There is no meeting here for people without an account: sign in',
  },
  'meeting.host_needed': { zh: '请先指定新的主持人', en: 'Make somebody else host first' },
  'meeting.audio_only': { zh: '该会议仅支持音频', en: 'This meeting has sound only' },
  'meeting.no_screen_share': { zh: '该会议已关闭屏幕共享', en: 'Screens are not shared in this meeting' },
  'meeting.chat_off': { zh: '该会议已关闭聊天', en: 'Chat is off in this meeting' },
  'meeting.contended': { zh: '会议繁忙，请重试', en: 'The meeting is busy, try again' },
};
