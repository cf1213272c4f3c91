import type { ParleyError } from '../../core/errors.ts';
import { toParleyError } from '../../core/errors.ts';
import { FrameReader } from '../frame-reader.ts';
import { closing } from './closing.ts';
import type { Context } from './commands/context.ts';
import { run } from './commands/index.ts';
import { errorFrame } from './errors.ts';
import { parseFrame } from './parse.ts';
import type { CallSocket } from './socket.ts';

/** Of relayed frames, every so many are timed. */
const SAMPLE = 16;

/** Told of what the metrics show. */
export interface SocketObserver {
  /** From a frame's arrival to its sending on, in seconds; a sample. */
  relayed(seconds: number): void;
}

interface ReaderOptions {
  rateLimits: boolean;
  failed: (what: string, error: unknown) => void;
  observer?: SocketObserver;
}

/** Reads contract C's frames. */
export function openReader(context: Context, options: ReaderOptions): FrameReader<CallSocket> {
  let count = 0;
  return new FrameReader<CallSocket>({ handle, refuse }, options);

  function handle(socket: CallSocket, text: string): Promise<void> | undefined {
    try {
      const frame = parseFrame(text);
      const relays = frame.type === 'call:ice_candidate' || frame.type === 'call:signal';
      const timed = relays && ++count % SAMPLE === 0 && options.observer !== undefined;
      const from = timed ? performance.now() : 0;
      const doing = run(context, socket, frame);
      if (timed) options.observer?.relayed((performance.now() - from) / 1000);
      return doing?.catch((error: unknown) => fail(socket, error));
    } catch (error) {
      fail(socket, error);
      return undefined;
    }
  }

  function fail(socket: CallSocket, thrown: unknown): void {
    const error = toParleyError(thrown);
    if (error.code === 'internal') options.failed('handle a frame', thrown);
    refuse(socket, error);
  }

  function refuse(socket: CallSocket, error: ParleyError): void {
    socket.tell(errorFrame(error, socket.locale));
    const frame = closing(context.app, error, socket);
    frame?.then(
      (closes) => closes && socket.tell(closes),
      (problem: unknown) => options.failed('close a call on a device', problem),
    );
  }
}
