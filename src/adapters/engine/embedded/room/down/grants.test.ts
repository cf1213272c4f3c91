import { SubscriptionPermission, TrackPermission } from '@livekit/protocol';
import { describe, expect, it } from 'vitest';
import { Grants } from './grants.ts';
import { FakeMember } from './room.fixture.ts';

const ann = new FakeMember('ann');
const ben = new FakeMember('ben');

describe('the permissions of a publisher', () => {
  it('allow everybody at first, and saying so changes nothing', () => {
    const grants = new Grants();
    expect(grants.allows(ann, 'TR_1')).toBe(true);
    expect(grants.set(new SubscriptionPermission({ allParticipants: true }))).toBe(false);
  });

  it('allow those named by identity or sid, all tracks or some', () => {
    const grants = new Grants();
    const trackPermissions = [
      new TrackPermission({ participantIdentity: 'ann', allTracks: true }),
      new TrackPermission({ participantSid: 'PA_ben', trackSids: ['TR_2'] }),
    ];
    expect(grants.set(new SubscriptionPermission({ trackPermissions }))).toBe(true);
    expect(grants.allows(ann, 'TR_1')).toBe(true);
    expect(grants.allows(ben, 'TR_1')).toBe(false);
    expect(grants.allows(ben, 'TR_2')).toBe(true);
    expect(grants.allows(new FakeMember('cem'), 'TR_2')).toBe(false);
    expect(grants.set(new SubscriptionPermission({ allParticipants: true }))).toBe(true);
    expect(grants.allows(ben, 'TR_1')).toBe(true);
  });

  it('stay as they are when somebody is named by nothing', () => {
    const grants = new Grants();
    const trackPermissions = [new TrackPermission({ allTracks: true })];
    expect(grants.set(new SubscriptionPermission({ trackPermissions }))).toBe(false);
    expect(grants.allows(ann, 'TR_1')).toBe(true);
  });
});
