import { RequestResponse_Reason as Reason, type UpdateParticipantMetadata } from '@livekit/protocol';
import { attributesBytes, bytes, LIMITS } from '../limits.ts';
import type { RoomMember } from './member.ts';
import { renewToken } from './renew.ts';
import { answer } from './request-response.ts';

export interface Changes {
  /** Empty leaves it as it is. */
  readonly name: string;
  /** Empty leaves it as it is. */
  readonly metadata: string;
  /** Those named; an empty value deletes. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a member is called, by its own wish; it is told what became of it. */
export function updateMetadata(member: RoomMember, asked: UpdateParticipantMetadata): void {
  const { reason, message } = apply(member, asked);
  answer(member, reason, { case: 'updateMetadata', value: asked }, message, asked.requestId);
}

function apply(member: RoomMember, asked: Changes): { reason: Reason; message: string } {
  if (!member.permission.canUpdateMetadata) {
    return { reason: Reason.NOT_ALLOWED, message: 'does not have permission to update own metadata' };
  }
  const beyond = beyondLimits(member, asked);
  if (beyond) return { reason: Reason.LIMIT_EXCEEDED, message: `exceeds ${beyond} limit` };
  rename(member, asked);
  return { reason: Reason.OK, message: '' };
}

/** The field that is too great, if one is. */
export function beyondLimits(
  member: RoomMember,
  asked: Changes,
): 'name' | 'metadata' | 'attributes' | undefined {
  if (bytes(asked.name) > LIMITS.nameBytes) return 'name';
  if (bytes(asked.metadata) > LIMITS.metadataBytes) return 'metadata';
  const merged = { ...member.attributes, ...asked.attributes };
  return attributesBytes(merged) > LIMITS.attributesBytes ? 'attributes' : undefined;
}

/** Takes the changes over and tells everybody, the member as well. */
export function rename(member: RoomMember, asked: Changes): void {
  const attributes: Record<string, string> = { ...member.attributes };
  for (const [key, value] of Object.entries(asked.attributes)) {
    if (value === '') delete attributes[key];
    else attributes[key] = value;
  }
  const name = asked.name || member.name;
  const metadata = asked.metadata || member.metadata;
  const same = name === member.name && metadata === member.metadata && equal(attributes, member.attributes);
  if (same) return;
  Object.assign(member, { name, metadata, attributes });
  member.room.tellOf(member, true, true);
  void renewToken(member, member.room.options);
}

function equal(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
