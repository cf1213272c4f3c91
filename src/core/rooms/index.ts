export { cleanRoomName, isReserved } from './names.ts';
export type { MemberStatus, Room, RoomHead, RoomMember, RoomRules, RoomStatus } from './room.ts';
export { MEMBER, ROOM } from './room.ts';
export type { Entry, RoomAsk, RoomsDeps } from './rooms.ts';
export { Rooms } from './rooms.ts';
