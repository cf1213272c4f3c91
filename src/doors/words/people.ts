import type { Words } from '../words.ts';

export const peopleWords: Words = {
  'user.unknown': { zh: '用户不存在', en: 'No such user' },
};
