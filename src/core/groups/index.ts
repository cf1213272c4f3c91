export type { GroupView } from './groups.ts';
export { Groups } from './groups.ts';
export { addMember, removeMember } from './membership.ts';
