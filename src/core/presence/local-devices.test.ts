import { expect, it } from 'vitest';
import type { LocalDevice } from './local-devices.ts';
import { LocalDevices } from './local-devices.ts';

function device(userId: number, id: string, jti: string | null = null, ready = true) {
  const heard: string[] = [];
  const made: LocalDevice = {
    userId,
    uid: `u${userId}`,
    id,
    jti,
    named: true,
    userAgent: '',
    ready,
    deliver: (text) => heard.push(text) > 0,
    cut: () => {},
  };
  return { ...made, heard };
}

it('knows one, two and no devices of a person', () => {
  const local = new LocalDevices();
  const [phone, web, other] = [device(1, 'phone', 't1'), device(1, 'web', 't2'), device(2, 'phone', 't3')];
  for (const one of [phone, web, other]) local.add(one);
  expect([local.count, local.people]).toEqual([3, 2]);
  expect(local.of(1)).toEqual([phone, web]);
  expect(local.find(1, 't2')).toBe(web);
  expect(local.find(2, 't2')).toBeUndefined();
  expect([...local]).toEqual([phone, web, other]);
  expect(local.remove(phone)).toBe(true);
  expect(local.remove(phone)).toBe(false);
  expect(local.of(1)).toEqual([web]);
  expect(local.remove(web)).toBe(true);
  expect([local.has(1), local.has(2), local.count, local.people]).toEqual([false, true, 1, 1]);
});

it('delivers to all, to one by id or token, to all but one, to those that are ready', () => {
  const local = new LocalDevices();
  const [phone, web, late] = [
    device(1, 'phone', 't1'),
    device(1, 'web', 't2'),
    device(1, 'late', 't3', false),
  ];
  for (const one of [phone, web, late]) local.add(one);
  expect(local.deliver(1, 'all')).toBe(true);
  local.deliver(1, 'by id', { device: 'web' });
  local.deliver(1, 'by token', { device: 't1' });
  local.deliver(1, 'but one', { except: 't2' });
  local.deliver(1, 'ready', { ready: true });
  expect(phone.heard).toEqual(['all', 'by token', 'but one', 'ready']);
  expect(web.heard).toEqual(['all', 'by id', 'ready']);
  expect(late.heard).toEqual(['all', 'but one']);
  expect(local.deliver(1, 'nobody', { device: 'gone' })).toBe(false);
  expect(local.deliver(7, 'nobody')).toBe(false);
});
