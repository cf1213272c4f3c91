import type { Words } from '../words.ts';

export const pollWords: Words = {
  'poll.unknown': { zh: '投票不存在', en: 'There is no such poll' },
  'poll.not_draft': { zh: '投票已发起，不能再修改', en: 'The poll has been opened: it is changed no more' },
  'poll.not_open': { zh: '投票尚未开始', en: 'The poll is not open' },
  'poll.closed': { zh: '投票已结束', en: 'The poll is closed' },
  'poll.voted': { zh: '你已匿名投票，不能更改', en: 'You have voted, and an anonymous vote is final' },
  'poll.anonymous': { zh: '这是匿名投票', en: 'The poll is anonymous: nobody knows who chose what' },
  'poll.many_open': { zh: '进行中的投票过多，请先结束一个', en: 'Too many polls are open: close one first' },
};
