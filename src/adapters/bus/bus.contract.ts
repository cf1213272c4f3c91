import { describe, expect, it } from 'vitest';
import type { Bus } from '../../ports/bus.ts';

/** What every bus must do. `failures` are the topics whose listeners threw. */
export function busContract(open: () => Promise<{ bus: Bus; failures: string[] }>): void {
  describe('a bus', () => {
    it('delivers to every listener of a topic, in order, and to no other', async () => {
      const { bus } = await open();
      const heard: string[] = [];
      bus.subscribe('committed', ({ subject }) => heard.push(`a ${subject}`));
      bus.subscribe('committed', ({ subject }) => heard.push(`b ${subject}`));
      bus.subscribe('sequenced', ({ last }) => heard.push(`last ${last}`));
      for (const subject of ['1', '2']) bus.publish('committed', { subject });
      bus.publish('sequenced', { last: 3 });
      expect(heard).toEqual(['a 1', 'b 1', 'a 2', 'b 2', 'last 3']);
      await bus.close();
    });

    it('does not let a listener that throws or rejects harm the others or the publisher', async () => {
      const { bus, failures } = await open();
      const heard: number[] = [];
      bus.subscribe('sequenced', () => {
        throw new Error('broken');
      });
      bus.subscribe('sequenced', async () => {
        throw new Error('broken later');
      });
      bus.subscribe('sequenced', ({ last }) => heard.push(last));
      bus.publish('sequenced', { last: 1 });
      await Promise.resolve();
      expect(heard).toEqual([1]);
      expect(failures).toEqual(['sequenced', 'sequenced']);
      await bus.close();
    });

    it('keeps the order when a listener publishes', async () => {
      const { bus } = await open();
      const heard: number[] = [];
      bus.subscribe('sequenced', ({ last }) => {
        if (last === 1) bus.publish('sequenced', { last: 2 });
      });
      bus.subscribe('sequenced', ({ last }) => heard.push(last));
      bus.publish('sequenced', { last: 1 });
      expect(heard).toEqual([1, 2]);
      await bus.close();
    });

    it('stops delivering to who has left, and delivers nothing after its end', async () => {
      const { bus } = await open();
      const heard: string[] = [];
      const listener = ({ last }: { last: number }) => heard.push(`once ${last}`);
      const leave = bus.subscribe('sequenced', listener);
      bus.subscribe('sequenced', listener);
      leave();
      leave();
      bus.publish('sequenced', { last: 1 });
      await bus.close();
      bus.publish('sequenced', { last: 2 });
      expect(heard).toEqual(['once 1']);
    });
  });
}
