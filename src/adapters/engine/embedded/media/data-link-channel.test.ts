import { describe, expect, it } from 'vitest';
import { type ChannelOptions, LossyChannel, ReliableChannel, type Stream } from './data-link-channel.ts';
import { DATA_LIMITS as LIMITS } from './data-link-limits.ts';

/** A worker's stream whose receiver takes as much as it is told to. */
class FakeStream implements Stream {
  closed = false;
  readonly sent: Buffer[] = [];
  buffered = 0;
  full = false;
  #low: ((amount: number) => void)[] = [];

  async send(message: Buffer): Promise<number> {
    if (this.closed) throw new Error('closed');
    if (this.full) throw new Error('sctpsendbufferfull');
    this.sent.push(message);
    this.buffered += message.length;
    return this.buffered;
  }
  async getBufferedAmount(): Promise<number> {
    return this.buffered;
  }
  on(_event: 'bufferedamountlow', heard: (amount: number) => void): void {
    this.#low.push(heard);
  }
  async take(bytes: number): Promise<void> {
    this.buffered = Math.max(0, this.buffered - bytes);
    for (const heard of this.#low) heard(this.buffered);
    await settled();
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

function reliable(options: Partial<ChannelOptions> = {}) {
  const stream = new FakeStream();
  const clock = { at: 0 };
  const channel = new ReliableChannel(stream, { slowBps: 0, now: () => clock.at, ...options });
  channel.open();
  return { stream, channel, clock };
}

const KB = Buffer.alloc(1024);
const kilobyte = (n: number) => {
  const message = Buffer.from(KB);
  message.writeUInt32BE(n);
  return message;
};
const numbers = (stream: FakeStream) => stream.sent.map((message) => message.readUInt32BE(0));

describe('a reliable channel', () => {
  it('keeps little in the worker, and the order of all', async () => {
    const { stream, channel } = reliable();
    for (let i = 0; i < 70; i++) expect(channel.send(kilobyte(i))).toBe(true);
    await settled();
    expect(stream.buffered).toBe(LIMITS.workerUnknown);
    while (stream.sent.length < 70) await stream.take(10_000);
    expect(numbers(stream)).toEqual(Array.from({ length: 70 }, (_, i) => i));
  });

  it('makes its senders wait when it is behind, until it has caught up', async () => {
    const { stream, channel } = reliable();
    let sent: boolean | Promise<boolean> = true;
    for (let i = 0; sent === true; i++) sent = channel.send(kilobyte(i));
    expect(sent).toBeInstanceOf(Promise);
    let caughtUp: boolean | undefined;
    void (sent as Promise<boolean>).then((answer) => {
      caughtUp = answer;
    });
    await stream.take(32 * 1024);
    expect(caughtUp).toBeUndefined();
    for (let i = 0; i < 10; i++) await stream.take(32 * 1024);
    expect(caughtUp).toBe(true);
  });

  it('drops what waits for a receiver slower than it is waited for, and no more', async () => {
    const { stream, channel, clock } = reliable({ slowBps: 10_000 });
    let next = 0;
    let sent: boolean | Promise<boolean> = true;
    while (sent === true) sent = channel.send(kilobyte(next++));
    expect(sent).toBeInstanceOf(Promise);
    for (let i = 0; i < 20; i++) {
      clock.at += 100;
      await stream.take(500);
    }
    expect(await sent).toBe(false);
    const before = numbers(stream);
    expect(before).toEqual(before.map((_, i) => i));
    while (stream.buffered > 0) await stream.take(32 * 1024);
    expect(channel.send(kilobyte(next))).toBe(true);
    await settled();
    expect(numbers(stream).at(-1)).toBe(next);
    expect(numbers(stream).length).toBeLessThan(next);
  });

  it('waits for a slow receiver that is faster than that', async () => {
    const { stream, channel, clock } = reliable({ slowBps: 10_000 });
    let sent: boolean | Promise<boolean> = true;
    for (let i = 0; sent === true; i++) sent = channel.send(kilobyte(i));
    let answered = false;
    void (sent as Promise<boolean>).then(() => {
      answered = true;
    });
    for (let i = 0; i < 30; i++) {
      clock.at += 100;
      await stream.take(1200);
    }
    expect(answered).toBe(false);
  });

  it('waits for nobody who takes nothing, and keeps for it what fits', async () => {
    const { stream, channel, clock } = reliable();
    let sent: boolean | Promise<boolean> = true;
    for (let i = 0; sent === true; i++) sent = channel.send(kilobyte(i));
    for (let i = 0; i < 20; i++) {
      clock.at += 100;
      await stream.take(0);
    }
    expect(await sent).toBe(true);
    let kept = 0;
    while (channel.send(KB) === true) kept++;
    expect(kept * 1024).toBeGreaterThan(LIMITS.queueMost - LIMITS.queueUnknown - 2048);
    expect(kept * 1024).toBeLessThan(LIMITS.queueMost);
    await stream.take(64 * 1024);
    expect(stream.sent.length).toBeGreaterThan(16);
  });

  it('loses nothing when the worker has no room', async () => {
    const { stream, channel } = reliable();
    stream.full = true;
    channel.send(kilobyte(0));
    channel.send(kilobyte(1));
    await settled();
    expect(stream.sent).toEqual([]);
    stream.full = false;
    await stream.take(0);
    expect(numbers(stream)).toEqual([0, 1]);
  });

  it('lets nobody wait for one that closes', async () => {
    const { stream, channel } = reliable();
    let sent: boolean | Promise<boolean> = true;
    while (sent === true) sent = channel.send(KB);
    stream.closed = true;
    channel.close();
    expect(await sent).toBe(false);
    expect(channel.send(KB)).toBe(false);
    expect(channel.opened).toBe(false);
  });

  it('keeps a little for one that is not open yet, in front of it', async () => {
    const stream = new FakeStream();
    const channel = new ReliableChannel(stream, { slowBps: 0, now: () => 0 });
    let kept = 0;
    while (channel.send(kilobyte(kept)) === true) kept++;
    expect(kept).toBe(LIMITS.queueUnknown / 1024);
    await settled();
    expect(stream.sent).toEqual([]);
    channel.open();
    await settled();
    expect(numbers(stream)[0]).toBe(0);
  });
});

describe('a lossy channel', () => {
  it('drops what cannot go soon', async () => {
    const stream = new FakeStream();
    const channel = new LossyChannel(stream, { slowBps: 0, now: () => 0 });
    expect(channel.send(KB)).toBe(false);
    channel.open();
    let sent = 0;
    while (channel.send(KB)) sent++;
    expect(sent).toBe(LIMITS.lossyUnknown / 1024);
    await settled();
    await stream.take(LIMITS.lossyUnknown);
    expect(channel.send(KB)).toBe(true);
  });

  it('keeps less for a slow receiver: it would come too late', async () => {
    const stream = new FakeStream();
    const clock = { at: 0 };
    const channel = new LossyChannel(stream, { slowBps: 0, now: () => clock.at });
    channel.open();
    while (channel.send(KB));
    await settled();
    for (let i = 0; i < 20; i++) {
      clock.at += 100;
      await stream.take(20_000);
    }
    let kept = stream.buffered;
    while (channel.send(KB)) kept += 1024;
    expect(kept).toBe(stream.buffered);
    while (stream.buffered > 0) await stream.take(5000);
    clock.at += 10;
    for (kept = 0; channel.send(KB); kept++);
    expect(kept).toBeLessThan(40);
  });
});
