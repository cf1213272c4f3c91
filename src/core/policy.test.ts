import { describe, expect, it } from 'vitest';
import { placed } from './calls/machine.fixture.ts';
import type { ServicePrincipal, UserPrincipal } from './identity/principal.ts';
import {
  actingAs,
  isTrusted,
  mayReadCall,
  mayReadGroup,
  mayReadOf,
  mayRemoveMember,
  mayWriteGroup,
} from './policy.ts';
import type { User } from './users/user.ts';

const person = (id: number, uid: string, role: User['role'] = 'user'): User => ({
  id,
  uid,
  username: uid,
  email: null,
  displayName: uid,
  avatarUrl: null,
  role,
  status: 'active',
  tokenVersion: 1,
  guestOf: null,
  createdAt: 0,
  updatedAt: 0,
});
const as = (user: User): UserPrincipal => ({ kind: 'user', user, jti: 'j', expiresAt: 0 });
const service: ServicePrincipal = { kind: 'service', key: 'k', jti: 'j', expiresAt: 0 };

const ann = person(1, 'ann');
const bob = person(2, 'bob');
const admin = person(3, 'root', 'admin');
const forbidden = expect.objectContaining({ code: 'forbidden' });

describe('acting as somebody', () => {
  it('is for oneself and for services', () => {
    expect(actingAs(as(ann), ann)).toBe(ann);
    expect(actingAs(service, ann)).toBe(ann);
    expect(() => actingAs(as(ann), bob)).toThrow(forbidden);
  });

  it('is not for administrators, nor is reading what others did', () => {
    expect(() => actingAs(as(admin), bob)).toThrow(forbidden);
    expect(() => mayReadOf(as(admin), bob)).toThrow(forbidden);
    expect(isTrusted(as(admin))).toBe(false);
    expect(isTrusted(service)).toBe(true);
  });
});

it('a call is read by its people and by services', () => {
  const call = placed(['bob']);
  const [caller] = call.legs;
  mayReadCall(as(person(2, 'bob')), call);
  mayReadCall(as(person(caller?.userId ?? 0, caller?.uid ?? '')), call);
  mayReadCall(service, call);
  expect(() => mayReadCall(as(person(9, 'eve')), call)).toThrow(forbidden);
  expect(() => mayReadCall(as(admin), call)).toThrow(forbidden);
});

it('a group is read by members, written by its owner, left by anybody', () => {
  const group = { id: 'g', name: 'G', ownerId: ann.id, memberIds: [ann.id, bob.id], createdAt: 0 };
  mayReadGroup(as(bob), group);
  mayReadGroup(service, group);
  expect(() => mayReadGroup(as(admin), group)).toThrow(forbidden);
  mayWriteGroup(as(ann), group);
  mayWriteGroup(service, group);
  expect(() => mayWriteGroup(as(bob), group)).toThrow(forbidden);
  mayRemoveMember(as(bob), group, bob.id);
  mayRemoveMember(as(ann), group, bob.id);
  expect(() => mayRemoveMember(as(bob), group, ann.id)).toThrow(forbidden);
});
