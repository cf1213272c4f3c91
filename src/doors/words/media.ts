import type { Words } from '../words.ts';

export const mediaWords: Words = {
  'room.unknown': { zh: '房间不存在', en: 'No such room' },
  'room.no_member': { zh: '不在房间内', en: 'Not in the room' },
  'room.no_track': { zh: '没有这条媒体轨道', en: 'No such track' },
  'room.full': { zh: '房间人数已满', en: 'The room is full' },
  'room.removed': { zh: '已被移出房间', en: 'Removed from the room' },
  'room.remote_unmute': { zh: '不能替他人取消静音', en: 'Others cannot be unmuted for them' },
  'room.cloud_only': { zh: '此引擎不支持该操作', en: 'This engine cannot do that' },
};
