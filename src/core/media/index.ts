/** The embedded engine as the doors see it: they may take these types from here, never from a port. */
export type { JoinAsked, MediaGrant, RenewAsked } from '../../ports/media-join.ts';
export type { MediaSession, MediaSessions, ResumeAsked, Wire } from '../../ports/media-sessions.ts';
export type { MemberStats, WorkerUse } from '../../ports/media-stats.ts';
export type { RoomService } from '../../ports/room-service.ts';
export type { Carried } from './every-room.ts';
export { everyRoom, FAILURES } from './every-room.ts';
export { grantOf, grantsFrom, textOf } from './grant.ts';
export type { Gone, Swept } from './sweeper.ts';
export { RoomsSweeper } from './sweeper.ts';
