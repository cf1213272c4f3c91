import type { Words } from '../words.ts';

export const roomWords: Words = {
  'room.created': { zh: '房间创建成功', en: 'The room has been created' },
  'room.read': { zh: '获取房间信息成功', en: 'Here is the room' },
  'room.listed': { zh: '获取房间列表成功', en: 'Here are the rooms' },
  'room.status_set': { zh: '更新房间状态成功', en: 'The status of the room is set' },
  'room.ended': { zh: '结束房间成功', en: 'The room has ended' },
  'room.joined': { zh: '加入房间成功', en: 'You are in the room' },
  'room.left': { zh: '离开房间成功', en: 'You have left the room' },
  'room.participants': { zh: '获取参与者列表成功', en: 'Here are the participants' },
  'room.invited': { zh: '邀请参与者成功', en: 'They are invited' },
  'room.participant_set': { zh: '更新参与者状态成功', en: 'The status of the participant is set' },
  'room.calling': { zh: '查询成功', en: 'Here is who is in a call' },
  'room.reserved_name': {
    zh: '房间名不能以 call_ 或 meet_ 开头',
    en: 'A room’s name does not begin with call_ or meet_',
  },
  'room.name_taken': { zh: '房间已存在', en: 'There is a room of this name' },
  'room.channel_taken': { zh: '该频道已有进行中的房间', en: 'This channel has a room already' },
  'room.engaged': { zh: '{uid} 正在通话中', en: '{uid} is in another call' },
  'room.over': { zh: '房间已结束', en: 'The room is over' },
  'room.state': { zh: '当前状态不允许此操作', en: 'This does not follow from the present status' },
  'room.contended': { zh: '房间繁忙，请重试', en: 'The room is busy, try again' },
  'room.not_member': { zh: '你不在此房间', en: 'You have no part in this room' },
  'room.not_creator': {
    zh: '只有房间创建者可以执行该操作',
    en: 'Only the creator of the room may do this',
  },
  'room.no_invite': { zh: '无权邀请他人加入此房间', en: 'You cannot invite to this room' },
};
