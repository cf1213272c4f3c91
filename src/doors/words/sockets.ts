import type { Words } from '../words.ts';

export const socketWords: Words = {
  'socket.many': { zh: '连接数过多', en: 'Too many sockets of one person' },
  'socket.follows': { zh: '订阅数过多', en: 'Too many subjects followed' },
  'socket.binary': { zh: '只接受文本帧', en: 'Only text frames are read' },
  'socket.unknown_type': { zh: '未知的消息类型', en: 'Unknown type of frame' },
  'call.receiver_not_in_call': { zh: '对方不在此通话中', en: 'The receiver is not in this call' },
  'event.no_subject': { zh: '没有此事件主题', en: 'No such subject' },
};
