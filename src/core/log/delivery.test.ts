import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CONFIGURED } from './configured.ts';
import { backoffMs, deliveryOf, wants } from './delivery.ts';

const webhook = {
  id: 'wh_1',
  url: 'https://example.org/hook?tenant=7',
  secret: 'schlüssel',
  events: ['call.*', 'leg.joined'],
  cursor: 0,
  attempts: 2,
  nextAt: 0,
  failingSince: null,
  createdAt: 0,
};
const event = {
  subject: 'call_1',
  seq: 4,
  position: 99,
  type: 'call.connected',
  at: 1_800_000_000_999,
  data: { uid: 'ann' },
};

describe('what an endpoint wants', () => {
  it('is told by types, by kinds, or all', () => {
    expect(wants(webhook, 'call.ended')).toBe(true);
    expect(wants(webhook, 'leg.joined')).toBe(true);
    expect(wants(webhook, 'leg.left')).toBe(false);
    expect(wants(webhook, 'caller.changed')).toBe(false);
    expect(wants({ ...webhook, events: ['*'] }, 'contact.asked')).toBe(true);
    expect(wants({ ...webhook, events: [] }, 'call.ended')).toBe(false);
  });
});

describe('a delivery', () => {
  it('names its event in the address and the headers, and is signed over the body as it is', () => {
    const { url, headers, body } = deliveryOf(webhook, event, 1_800_000_005_500, 4_000);
    expect(url).toBe('https://example.org/hook?tenant=7&event=call.connected');
    expect(headers).toMatchObject({
      'X-Event-Type': 'call.connected',
      'X-Event-ID': 'call_1:4',
      'X-Timestamp': '1800000005',
      'X-Signature': createHmac('sha256', 'schlüssel').update(body).digest('hex'),
    });
    expect(JSON.parse(body)).toEqual({
      event_type: 'call.connected',
      event_id: 'call_1:4',
      timestamp: 1_800_000_000,
      subject: 'call_1',
      seq: 4,
      data: { uid: 'ann' },
      retry: 2,
      retry_after: 4,
    });
  });
});

describe('a delivery of what happened in a room', () => {
  const inRoom = { ...event, subject: 'room:会议 1', type: 'room.started' };

  it('has contract D’s fields and no others at the configured endpoint', () => {
    const { body } = deliveryOf({ ...webhook, id: CONFIGURED }, inRoom, 0, 4_000);
    expect(JSON.parse(body)).toEqual({
      event_type: 'room.started',
      event_id: 'room:%E4%BC%9A%E8%AE%AE%201:4',
      timestamp: 1_800_000_000,
      data: { uid: 'ann' },
      retry: 2,
      retry_after: 4,
    });
    expect(JSON.parse(deliveryOf(webhook, inRoom, 0, 0).body)).toMatchObject({
      subject: 'room:会议 1',
      seq: 4,
    });
  });

  it('has an id that a header can hold, the same as in the body', () => {
    const { headers, body } = deliveryOf(webhook, inRoom, 0, 0);
    expect(headers['X-Event-ID']).toBe(JSON.parse(body).event_id);
    expect(() => new Headers(headers)).not.toThrow();
  });
});

describe('the time to the next attempt', () => {
  it('doubles from a second to an hour, a fifth of it left to chance', () => {
    const least = [1, 2, 3, 4].map((failures) => backoffMs(failures, () => 0));
    expect(least).toEqual([1000, 2000, 4000, 8000]);
    expect(backoffMs(1, () => 1)).toBe(1200);
    expect(backoffMs(12, () => 0)).toBe(2_048_000);
    for (const failures of [13, 40, 5000]) expect(backoffMs(failures, () => 1)).toBe(3_600_000);
  });
});
