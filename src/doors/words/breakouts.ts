import type { Words } from '../words.ts';

export const breakoutWords: Words = {
  'breakout.open': { zh: '分组讨论已开始', en: 'Breakout rooms are open already' },
  'breakout.none': { zh: '当前没有分组讨论', en: 'No breakout rooms are open' },
  'breakout.nested': { zh: '分组讨论室内不能再分组', en: 'A breakout room has no breakout rooms' },
  'breakout.unknown': { zh: '分组讨论室不存在', en: 'There is no such breakout room' },
  'breakout.other_room': { zh: '这不是你的分组讨论室', en: 'This is not your breakout room' },
  'breakout.not_in': { zh: '你不在任何分组讨论室中', en: 'You are in no breakout room' },
  'breakout.manages': {
    zh: '主持人和协管人可进入任意讨论室，无需分配',
    en: 'Host and moderators go into any room: they have none of their own',
  },
  'breakout.steered': {
    zh: '分组讨论室由所属会议管理',
    en: 'A breakout room is steered from its meeting',
  },
};
