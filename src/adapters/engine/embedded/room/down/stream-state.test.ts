import { StreamState } from '@livekit/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { camera, FakeMember } from './room.fixture.ts';
import { StreamWatch } from './stream-state.ts';

const { ACTIVE, PAUSED } = StreamState;

describe('the state of a stream', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function open() {
    const ben = new FakeMember('ben');
    const can = { move: true };
    const watch = new StreamWatch(ben, camera(new FakeMember('ann'), 'TR_1'), () => can.move);
    const told = () => ben.heard('streamStateUpdate').flatMap((one) => one.streamStates);
    return { watch, can, told: () => told().map((one) => one.state), first: () => told()[0] };
  }

  it('is told when nothing goes through for a while, and at once when something does', () => {
    const { watch, told, first } = open();
    watch.layers({ spatial: 2 });
    watch.layers(null);
    vi.advanceTimersByTime(1999);
    expect(told()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(told()).toEqual([PAUSED]);
    expect(first()).toMatchObject({ participantSid: 'PA_ann', trackSid: 'TR_1' });
    expect(watch.stands).toBe(true);
    watch.layers({ spatial: 0 });
    expect(told()).toEqual([PAUSED, ACTIVE]);
  });

  it('is not told of a switch between layers, nor before anything came', () => {
    const { watch, told } = open();
    watch.layers(null);
    vi.advanceTimersByTime(5000);
    watch.layers({ spatial: 2 });
    watch.layers(null);
    watch.layers({ spatial: 1 });
    vi.advanceTimersByTime(5000);
    expect(told()).toEqual([]);
  });

  it('is not told of a track that is not to move, until it is', () => {
    const { watch, told, can } = open();
    watch.layers({ spatial: 2 });
    can.move = false;
    watch.layers(null);
    vi.advanceTimersByTime(5000);
    expect(told()).toEqual([]);
    can.move = true;
    watch.expectedAgain();
    vi.advanceTimersByTime(2000);
    expect(told()).toEqual([PAUSED]);
  });
});
