import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Call, CallState, Client, EndReason, ParleyError, Person } from './sdk.ts';

/** As much of a browser as the phone touches. */
class Track {
  readonly kind: string;
  stopped = false;
  constructor(kind: string) {
    this.kind = kind;
  }
  stop(): void {
    this.stopped = true;
  }
}
class Stream {
  #tracks: Track[] = [];
  getTracks = () => this.#tracks;
  getAudioTracks = () => this.#tracks.filter(({ kind }) => kind === 'audio');
  getVideoTracks = () => this.#tracks.filter(({ kind }) => kind === 'video');
  addTrack = (track: Track) => this.#tracks.push(track);
}
const opened: Track[] = [];
vi.stubGlobal('MediaStream', Stream);
vi.stubGlobal('location', { origin: 'http://parley.example', pathname: '/calls' });
vi.stubGlobal('history', { pushState: () => undefined, replaceState: () => undefined });
vi.stubGlobal('navigator', {
  mediaDevices: {
    getUserMedia: async ({ audio }: { audio?: unknown }) => {
      const track = new Track(audio ? 'audio' : 'video');
      opened.push(track);
      const stream = new Stream();
      stream.addTrack(track);
      return stream;
    },
  },
});

const bob: Person = { uid: 'bob', name: 'Bob', avatarUrl: null };

/** The SDK's call, as far as the phone asks it to do things; what it does then is tested where it lives. */
class FakeCall {
  readonly id: string;
  readonly direction: 'outgoing' | 'incoming';
  readonly kind = 'audio';
  readonly peer = bob;
  readonly isGroup = false;
  readonly participants = new Map();
  readonly listeners = new Set<() => void>();
  readonly done: string[] = [];
  state: CallState;
  endReason: EndReason | undefined;
  fails: unknown;
  constructor(state: CallState, direction: 'outgoing' | 'incoming' = 'outgoing', id = 'call_1') {
    this.id = id;
    this.state = state;
    this.direction = direction;
  }
  on = (_: string, listener: () => void) => this.listeners.add(listener);
  off = (_: string, listener: () => void) => this.listeners.delete(listener);
  becomes(state: CallState, reason?: EndReason): void {
    this.state = state;
    this.endReason = reason;
    for (const listener of [...this.listeners]) listener();
  }
  async hangUp(): Promise<void> {
    this.done.push('hangUp');
    this.becomes('ended', 'hung_up');
  }
  async answer(): Promise<void> {
    this.done.push('answer');
    this.becomes('connected');
  }
  async useDevice(kind: string, id: string): Promise<void> {
    this.done.push(`${kind} ${id}`);
  }
  async shareScreen(): Promise<void> {
    throw this.fails;
  }
}
const asCall = (call: FakeCall) => call as unknown as Call;

let phone: typeof import('./phone.ts');
let inCall: typeof import('./in-call.ts');
let toasts: typeof import('./toasts.ts')['toasts'];
let Refusal: { status(status: number, message: string): ParleyError; network(message: string): ParleyError };
let client: typeof import('./connection.ts')['client'];
let path: typeof import('./router.ts')['path'];

beforeAll(async () => {
  phone = await import('./phone.ts');
  inCall = await import('./in-call.ts');
  ({ toasts } = await import('./toasts.ts'));
  ({ client } = await import('./connection.ts'));
  ({ path } = await import('./router.ts'));
  ({ ParleyError: Refusal } = await import('./sdk.ts'));
});

const asked: string[] = [];
let call: () => Promise<Call>;
let join: () => Promise<Call>;

beforeEach(() => {
  opened.length = asked.length = 0;
  toasts.set([]);
  const told = (word: string, answer: () => Promise<Call>) => () => {
    asked.push(word);
    return answer();
  };
  client.set({
    call: told('call', () => call()),
    join: told('join', () => join()),
    people: { search: async () => [] },
  } as unknown as Client);
});
afterEach(() => {
  phone.forgetCalls();
  path.set('/calls');
});

/** A promise to be kept later. */
function later<T>(): { promise: Promise<T>; keep: (value: T) => void } {
  let keep: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    keep = resolve;
  });
  return { promise, keep };
}
const dial = () => phone.dial({ people: [bob], video: false });
async function ended(made: FakeCall, reason: EndReason): Promise<void> {
  call = async () => asCall(made);
  await dial();
  made.becomes('connected');
  made.becomes('ended', reason);
}

describe('a call that is dialled', () => {
  it('and cancelled before the server has said anything never comes to the screen', async () => {
    const server = later<Call>();
    call = () => server.promise;
    const dialling = dial();
    await vi.waitFor(() => expect(asked).toEqual(['call']));
    phone.hangUp();
    const made = new FakeCall('ringing');
    phone.comeBack(asCall(made));
    server.keep(asCall(made));
    await dialling;
    expect(made.done).toEqual(['hangUp']);
    expect(phone.current.get()).toBeUndefined();
    expect(path.get()).toBe('/calls');
    expect(opened.map(({ stopped }) => stopped)).toEqual([true]);
  });

  it('and meets theirs does not ring: it is theirs that is taken', async () => {
    const theirs = new FakeCall('incoming', 'incoming');
    call = async () => {
      phone.comeBack(asCall(theirs));
      expect(phone.ringing.get()).toEqual([]);
      await theirs.answer();
      return asCall(theirs);
    };
    await dial();
    expect(phone.current.get()).toMatchObject({ id: 'call_1', state: 'connected' });
  });

  it('gives its microphone back when another one is answered instead', async () => {
    const server = later<Call>();
    call = () => server.promise;
    const dialling = dial();
    await vi.waitFor(() => expect(asked).toEqual(['call']));
    const other = new FakeCall('incoming', 'incoming', 'call_2');
    phone.ring(asCall(other));
    await phone.answer(phone.ringing.get()[0] as never, false);
    expect(opened.map(({ stopped }) => stopped)).toEqual([true, false]);
    const made = new FakeCall('ringing');
    server.keep(asCall(made));
    await dialling;
    expect(made.done).toEqual(['hangUp']);
    expect(phone.current.get()).toMatchObject({ id: 'call_2', state: 'connected' });
  });
});

describe('a call that rings', () => {
  it('is answered once, however often Answer is pressed, and ends the one before', async () => {
    const before = new FakeCall('ringing', 'outgoing', 'call_0');
    call = async () => asCall(before);
    await dial();
    const made = new FakeCall('incoming', 'incoming');
    phone.ring(asCall(made));
    const [view] = phone.ringing.get();
    await Promise.all([phone.answer(view as never, false), phone.answer(view as never, false)]);
    expect(before.done).toEqual(['hangUp']);
    expect(made.done).toEqual(['answer']);
    expect(opened.map(({ stopped }) => stopped)).toEqual([true, false]);
  });
});

describe('a call that was lost', () => {
  it('is come back into where it goes on', async () => {
    await ended(new FakeCall('ringing'), 'lost');
    expect(phone.current.get()?.end).toMatchObject({ key: 'call.lost', rejoin: true });
    join = async () => asCall(new FakeCall('connecting'));
    phone.redial();
    await vi.waitFor(() => expect(phone.current.get()?.state).toBe('connecting'));
    expect(asked).toEqual(['call', 'join']);
  });

  it('and is over is called anew', async () => {
    await ended(new FakeCall('ringing'), 'lost');
    join = async () => Promise.reject(Refusal.status(409, 'over'));
    call = async () => asCall(new FakeCall('ringing', 'outgoing', 'call_2'));
    phone.redial();
    await vi.waitFor(() => expect(phone.current.get()?.state).toBe('ringing'));
    expect(asked).toEqual(['call', 'join', 'call']);
  });

  it('can be tried again when the server could not be reached', async () => {
    await ended(new FakeCall('ringing'), 'lost');
    join = async () => Promise.reject(Refusal.network('gone'));
    phone.redial();
    await vi.waitFor(() => expect(phone.current.get()?.state).toBe('ended'));
    expect(phone.current.get()).toMatchObject({ id: 'call_1', end: { key: 'error.network', rejoin: true } });
  });

  it('is something else than one that was hung up, which is only called again', async () => {
    await ended(new FakeCall('ringing'), 'hung_up');
    expect(phone.current.get()?.end?.rejoin).toBeUndefined();
  });
});

describe('in a call', () => {
  it('another microphone takes the place of the first, which is given back', async () => {
    const made = new FakeCall('ringing');
    call = async () => asCall(made);
    await dial();
    await inCall.chooseDevice('audioinput', 'headset');
    expect(made.done).toEqual(['audioinput headset']);
    expect(opened.map(({ stopped }) => stopped)).toEqual([true]);
  });

  it.each([
    ['NotAllowedError', 0],
    ['NotReadableError', 1],
  ])('a screen that is not shared for %s is told in %i notices', async (name, notices) => {
    const { ParleyError } = await import('./sdk.ts');
    const made = new FakeCall('ringing');
    made.fails = ParleyError.media(new DOMException('no', name));
    call = async () => asCall(made);
    await dial();
    await inCall.toggleShare();
    expect(toasts.get()).toHaveLength(notices);
  });
});
