import type { Words } from '../words.ts';

export const seriesWords: Words = {
  'series.unknown': { zh: '周期会议不存在', en: 'There is no such series of meetings' },
  'series.over': { zh: '周期会议已结束', en: 'The series of meetings has ended' },
  'series.not_yours': { zh: '这不是你的周期会议', en: 'This series of meetings is not yours' },
  'series.rule': { zh: '重复规则无效', en: 'This rule of repetition is not understood' },
  'series.timezone': { zh: '时区无效', en: 'There is no such time zone' },
  'series.no_occurrence': { zh: '该规则不会产生任何会议', en: 'By this rule there is no meeting to come' },
};
