import { describe, expect, it } from 'vitest';
import { SpeakingWatch } from './levels.ts';

describe('SpeakingWatch', () => {
  it('does not take a single click for speech', () => {
    const watch = new SpeakingWatch();
    watch.heard(0.9);
    expect(watch.speaking.get()).toBe(false);
    watch.heard(0.1);
    watch.heard(0.9);
    expect(watch.speaking.get()).toBe(false);
    watch.heard(0.9);
    expect(watch.speaking.get()).toBe(true);
  });

  it('holds over the pauses between words', () => {
    const watch = new SpeakingWatch();
    watch.heard(0.9);
    watch.heard(0.9);
    for (let i = 0; i < 4; i++) watch.heard(0);
    expect(watch.speaking.get()).toBe(true);
    watch.heard(0);
    expect(watch.speaking.get()).toBe(false);
  });
});
