import {
  ParticipantPermission,
  SubscriptionPermission,
  SyncState,
  TrackPermission,
  UpdateSubscription,
} from '@livekit/protocol';
import { describe, expect, it } from 'vitest';
import { camera, type FakeMember, FakeRoom, microphone } from './room.fixture.ts';
import { openSubscriptions } from './subscriptions.ts';

function open() {
  const room = new FakeRoom();
  const subscriptions = openSubscriptions(room, {
    clock: { now: () => Date.now() },
    failed: (what, error) => {
      throw new Error(what, { cause: error });
    },
  });
  const join = (name: string, auto = true): FakeMember => {
    const member = room.add(name);
    member.autoSubscribe = auto;
    subscriptions.activated(member);
    return member;
  };
  return { room, subscriptions, join };
}

function update(trackSids: string[], subscribe: boolean): UpdateSubscription {
  return new UpdateSubscription({ trackSids, subscribe });
}

describe('subscriptions', () => {
  it('keep no wish for what cannot be the id of a track', () => {
    const { subscriptions, join } = open();
    const [ann, ben] = [join('ann'), join('ben', false)];
    const long = 'TR_'.padEnd(65, 'x');
    subscriptions.update(ben, update([long, 'TR_1'], true));
    subscriptions.published(camera(ann, long));
    subscriptions.published(camera(ann, 'TR_1'));
    expect(subscriptions.isSubscribed(ben, ann)).toBe(true);
    subscriptions.update(ben, update(['TR_1'], false));
    expect(subscriptions.isSubscribed(ben, ann)).toBe(false);
  });

  it('give everybody but its publisher every track, those that are there and those that come', () => {
    const { subscriptions, join } = open();
    const [ann, ben] = [join('ann'), join('ben')];
    subscriptions.published(camera(ann, 'TR_1'));
    const cem = join('cem');
    subscriptions.published(microphone(ann, 'TR_2'));
    for (const member of [ben, cem])
      expect(member.downlinks.map((link) => link.trackSid)).toEqual(['TR_1', 'TR_2']);
    expect(ann.downlinks).toEqual([]);
    expect(ben.downlinks[0]?.about.streamId).toBe('PA_ann|camera');
    expect(subscriptions.isSubscribed(ben, ann)).toBe(true);
    expect(subscriptions.isSubscribed(ann, ben)).toBe(false);
    expect([...subscriptions.subscribersOf(ann)]).toEqual([ben, cem]);
    expect([...subscriptions.publishersOf(ben)]).toEqual([ann]);
  });

  it('tell the publisher of the first subscriber alone, of a hidden one nothing', () => {
    const { room, subscriptions, join } = open();
    const ann = join('ann');
    subscriptions.published(camera(ann, 'TR_1'));
    const spy = room.add('spy');
    spy.hidden = true;
    subscriptions.activated(spy);
    expect(spy.links('TR_1')).toHaveLength(1);
    expect(ann.heard('trackSubscribed')).toEqual([]);
    join('ben');
    join('cem');
    expect(ann.heard('trackSubscribed').map((one) => one.trackSid)).toEqual(['TR_1']);
  });

  it('put no stream name into SDP that is not a token', () => {
    const { subscriptions, join } = open();
    const [ann, ben] = [join('ann'), join('ben')];
    const track = microphone(ann, 'TR_1');
    track.info.stream = 'x\r\na=evil';
    subscriptions.published(track);
    expect(ben.downlinks[0]?.about.streamId).toBe('PA_ann|TR_1');
  });

  it('wait for the connection and for the media', () => {
    const { room, subscriptions, join } = open();
    const ann = join('ann');
    const ben = room.add('ben');
    const track = camera(ann, 'TR_1');
    const source = [...track.sources];
    track.sources.clear();
    subscriptions.published(track);
    subscriptions.activated(ben);
    expect(ben.downlinks).toEqual([]);
    for (const [codec, of] of source) track.sources.set(codec, of);
    for (const [, of] of source) subscriptions.sourceAdded(track, of);
    expect(ben.links('TR_1')).toHaveLength(1);
  });

  it('of a hidden publisher there are none', () => {
    const { subscriptions, join } = open();
    const [ann, ben] = [join('ann'), join('ben')];
    ann.hidden = true;
    subscriptions.published(camera(ann, 'TR_1'));
    expect(ben.downlinks).toEqual([]);
    ann.hidden = false;
    subscriptions.permitted(ann);
    expect(ben.links('TR_1')).toHaveLength(1);
    ann.hidden = true;
    subscriptions.permitted(ann);
    expect(ben.links('TR_1')).toEqual([]);
  });

  it('are made by wish alone where the client says so', () => {
    const { subscriptions, join } = open();
    const [ann, ben] = [join('ann'), join('ben', false)];
    subscriptions.published(camera(ann, 'TR_1'));
    subscriptions.published(microphone(ann, 'TR_2'));
    expect(ben.downlinks).toEqual([]);
    subscriptions.update(ben, update(['TR_2', 'TR_2'], true));
    expect(ben.downlinks.map((link) => link.trackSid)).toEqual(['TR_2']);
    subscriptions.update(ben, update(['TR_2'], false));
    expect(ben.links('TR_2')).toEqual([]);
    expect(subscriptions.isSubscribed(ben, ann)).toBe(false);
    subscriptions.update(ben, update(['TR_2'], true));
    expect(ben.links('TR_2')).toHaveLength(1);
  });

  it('keep a wish of before the connection', () => {
    const { room, subscriptions, join } = open();
    const ann = join('ann');
    subscriptions.published(camera(ann, 'TR_1'));
    const ben = room.add('ben');
    subscriptions.update(ben, update(['TR_1'], false));
    subscriptions.activated(ben);
    expect(ben.downlinks).toEqual([]);
  });

  it('end with their track and with either side', () => {
    const { room, subscriptions, join } = open();
    const [ann, ben, cem] = [join('ann'), join('ben'), join('cem')];
    const one = camera(ann, 'TR_1');
    subscriptions.published(one);
    subscriptions.published(microphone(ann, 'TR_2'));
    subscriptions.published(microphone(ben, 'TR_3'));
    subscriptions.unpublished(one);
    expect(ben.links('TR_1')).toEqual([]);
    expect(subscriptions.isSubscribed(ben, ann)).toBe(true);
    room.remove(ben);
    subscriptions.left(ben);
    expect(ben.links('TR_2')).toEqual([]);
    expect(cem.links('TR_3')).toEqual([]);
    room.remove(ann);
    subscriptions.left(ann);
    expect(cem.downlinks.every((link) => link.closed)).toBe(true);
    expect([...subscriptions.publishersOf(cem)]).toEqual([]);
  });

  it('follow the right to subscribe, and keep what was not wished', () => {
    const { room, subscriptions, join } = open();
    const ann = join('ann');
    subscriptions.published(camera(ann, 'TR_1'));
    subscriptions.published(microphone(ann, 'TR_2'));
    const ben = room.add('ben');
    ben.permission = new ParticipantPermission();
    subscriptions.activated(ben);
    expect(ben.downlinks).toEqual([]);
    subscriptions.update(ben, update(['TR_2'], false));
    ben.permission = new ParticipantPermission({ canSubscribe: true });
    subscriptions.permitted(ben);
    expect(ben.downlinks.map((link) => link.trackSid)).toEqual(['TR_1']);
    ben.permission = new ParticipantPermission();
    subscriptions.permitted(ben);
    expect(ben.links('TR_1')).toEqual([]);
  });

  it('follow what the publisher permits, and say so', () => {
    const { subscriptions, join } = open();
    const [ann, ben, cem] = [join('ann'), join('ben'), join('cem')];
    cem.permission.recorder = true;
    subscriptions.published(camera(ann, 'TR_1'));
    subscriptions.permission(ann, new SubscriptionPermission({ allParticipants: true }));
    expect(ben.heard('subscriptionPermissionUpdate')).toEqual([]);
    const only = new TrackPermission({ participantIdentity: 'ben', trackSids: ['TR_2'] });
    subscriptions.permission(ann, new SubscriptionPermission({ trackPermissions: [only] }));
    subscriptions.published(microphone(ann, 'TR_2'));
    expect(ben.links('TR_1')).toEqual([]);
    expect(ben.links('TR_2')).toHaveLength(1);
    expect(cem.links('TR_1')).toHaveLength(1);
    expect(subscriptions.allows(ann, 'TR_1', ben)).toBe(false);
    // Said again when it is wished again: the client took the wish for the permission.
    subscriptions.update(ben, update(['TR_1'], true));
    subscriptions.permission(ann, new SubscriptionPermission({ allParticipants: true }));
    expect(ben.links('TR_1')).toHaveLength(1);
    const told = ben.heard('subscriptionPermissionUpdate');
    expect(told.map((one) => [one.participantSid, one.trackSid, one.allowed])).toEqual([
      ['PA_ann', 'TR_1', false],
      ['PA_ann', 'TR_1', false],
      ['PA_ann', 'TR_1', true],
    ]);
  });

  it('are what the client says after it came back', () => {
    const { subscriptions, join } = open();
    const [ann, ben] = [join('ann'), join('ben')];
    subscriptions.published(camera(ann, 'TR_1'));
    subscriptions.published(camera(ann, 'TR_2'));
    subscriptions.activated(ben);
    expect(ben.downlinks).toHaveLength(2);
    subscriptions.synced(
      ben,
      new SyncState({ subscription: update(['TR_1'], false), trackSidsDisabled: ['TR_2'] }),
    );
    expect(ben.links('TR_1')).toEqual([]);
    expect(ben.links('TR_2')[0]?.paused).toBe(true);
  });

  it('are made anew on a new connection', () => {
    const { subscriptions, join } = open();
    const [ann, ben] = [join('ann'), join('ben')];
    subscriptions.published(camera(ann, 'TR_1'));
    ben.connect();
    subscriptions.activated(ben);
    expect(ben.downlinks).toHaveLength(2);
    expect(ben.links('TR_1')).toHaveLength(1);
  });

  it('keep nothing of whom the room does not have', () => {
    const { room, subscriptions, join } = open();
    const [ann, ben] = [join('ann'), join('ben')];
    room.remove(ben);
    subscriptions.left(ben);
    subscriptions.update(ben, update(['TR_1'], true));
    subscriptions.activated(ben);
    subscriptions.published(camera(ann, 'TR_1'));
    expect(ben.downlinks).toEqual([]);
    expect(ben.said).toEqual([]);
  });

  it('of one publisher with 200 subscribers cost each of them one downlink and no more', () => {
    const { room, subscriptions, join } = open();
    const ann = join('ann');
    const others = Array.from({ length: 200 }, (_, at) => join(`m${at}`));
    subscriptions.published(camera(ann, 'TR_1'));
    expect(others.every((one) => one.downlinks.length === 1)).toBe(true);
    for (const one of others) {
      room.remove(one);
      subscriptions.left(one);
    }
    expect([...subscriptions.subscribersOf(ann)]).toEqual([]);
    expect(others.every((one) => one.downlinks[0]?.closed)).toBe(true);
  });
});
