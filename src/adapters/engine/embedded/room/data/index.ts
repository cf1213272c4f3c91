export { openRoomData, type RoomDataOptions } from './room-data.ts';
