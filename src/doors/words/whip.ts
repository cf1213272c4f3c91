import type { Words } from '../words.ts';

/** What WHIP and WHEP refuse. */
export const whipWords: Words = {
  'whip.over': { zh: '会话已结束', en: 'The session is over' },
  'whip.unknown': { zh: '会话不存在', en: 'There is no such session' },
  'whip.no_media': { zh: '描述中没有可用的音频或视频', en: 'The offer has no audio or video to carry' },
  'whip.changed': { zh: 'ICE 会话已更换', en: 'The ICE session is another one by now' },
  'whip.no_condition': { zh: '缺少 If-Match', en: 'If-Match is missing' },
  'whip.no_numbers': {
    zh: '媒体进程不支持播放端发起协商，请使用自行构建的版本',
    en: 'This media worker cannot answer players: build ours with npm run build:worker',
  },
  'whip.nothing_to_play': { zh: '房间内尚无人发布', en: 'Nobody publishes in the room yet' },
  'whip.method': { zh: '不支持该方法', en: 'This method is not supported' },
};
