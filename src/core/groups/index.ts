export type { GroupView } from './groups.ts';
export { Groups } from './groups.ts';
export { addMember, putGroup, removeMember } from './membership.ts';
