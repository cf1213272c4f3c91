import type { Words } from '../words.ts';

/** What a media engine refuses. */
export const engineWords: Words = {
  'media.none': { zh: '服务器未启用媒体服务', en: 'This server carries no rooms' },
  'media.unreachable': { zh: '媒体服务暂不可用', en: 'The media server cannot be reached' },
  'media.not_found': { zh: '房间或参与者不存在', en: 'There is no such room or participant' },
  'media.invalid': { zh: '媒体服务拒绝了请求', en: 'The media server refused the request' },
  'media.unsupported': { zh: '媒体服务不支持该操作', en: 'The media server does not do this' },
  'media.limit': { zh: '媒体服务已达上限', en: 'The media server is at its limit' },
};
