import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { Locale } from './locale.ts';

/** A reader that leaves this much waiting is cut off; nobody else waits for it. */
const GREATEST_BACKLOG = 1024 * 1024;
/** Also of bytes that are encoded already. */
const AS_TEXT = { binary: false };

/**
 * A socket that speaks in frames of JSON. Ten thousand of them lie idle, so it is one object with
 * plain fields: no closures, no timers, no lists of its own.
 */
export class FrameSocket extends WebSocket {
  locale: Locale = 'zh';
  /** The connection under it; set before anything is sent. */
  wire: Duplex | undefined = undefined;
  /** Frames that wait while one is being worked on: a client's frames take effect in their order. */
  queue: string[] | undefined = undefined;
  /** Half seconds in which nothing was heard. */
  silence = 0;
  /** The frame budget: when the last frame would have been due, in ms since the door opened. */
  due = 0;

  /** What goes to many sockets is best encoded once. */
  deliver(text: string | Buffer): boolean {
    if (this.readyState !== WebSocket.OPEN) return false;
    if (this.bufferedAmount > GREATEST_BACKLOG) {
      this.terminate();
      return false;
    }
    hold(this.wire);
    this.send(text, AS_TEXT);
    return true;
  }
}

const held = new Set<Duplex>();

/** What is sent to one socket within one turn of the loop leaves in one write: frames come in bursts. */
function hold(wire: Duplex | undefined): void {
  if (!wire || held.has(wire)) return;
  if (held.size === 0) setImmediate(letGo);
  held.add(wire);
  wire.cork();
}

function letGo(): void {
  for (const wire of held) wire.uncork();
  held.clear();
}
