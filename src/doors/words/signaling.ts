import type { Words } from '../words.ts';

/** What the meetings' socket refuses. */
export const signalingWords: Words = {
  'signaling.not_joined': { zh: '尚未加入会议', en: 'Not in the meeting: join first' },
  'signaling.not_here': { zh: '对方不在会议中', en: 'They are not in the meeting now' },
  'signaling.no_sfu': {
    zh: '此服务器的媒体由 LiveKit 集群承载，请使用其客户端',
    en: 'This server negotiates no media on this socket: use a LiveKit client with url and token',
  },
  'signaling.no_media': {
    zh: '此连接加入时已声明不使用服务器媒体',
    en: 'This socket has joined without media of the server’s',
  },
  'signaling.no_offer': { zh: '没有待应答的描述', en: 'There is no offer to answer' },
  'signaling.track_refused': { zh: '会议不允许发布该媒体', en: 'This track may not be published here' },
  'signaling.tracks': {
    zh: '发布的媒体过多或无法承载',
    en: 'Too many tracks, or one that cannot be carried',
  },
  'signaling.media_lost': {
    zh: '媒体会话已断开，请重新建立连接',
    en: 'The media session is over: begin anew with new connections',
  },
  'signaling.media_elsewhere': {
    zh: '你已在另一处使用会议媒体',
    en: 'Another connection of yours has taken over the media',
  },
};
