import type { enGuest } from './en-guest.ts';

/** 访客的中文。 */
export const zhCnGuest: Record<keyof typeof enGuest, string> = {
  'guest.title': '加入会议',
  'guest.titled': '加入“{{title}}”',
  'guest.name': '你的姓名',
  'guest.nameHint': '会议中的所有人都能看到。',
  'guest.badName': '请输入姓名，最多 64 个字符',
  'guest.join': '以访客身份继续',
  'guest.joining': '请稍候…',
  'guest.locked': '会议已锁定，暂时无法加入。',
  'guest.have': '已有账号？',
  'guest.signIn': '登录',
  'guest.otherName': '更改姓名',
  'guest.thanks': '感谢参加，{{name}}。',
  'guest.tag': '访客',
  'admin.guests': '会议访客',
  'meeting.guests': '没有账号的人可通过链接加入',
  'meeting.guestsHint': '拥有链接的人填写姓名即可加入。',
};
