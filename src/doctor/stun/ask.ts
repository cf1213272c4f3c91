import { decode, type StunMessage } from './message.ts';
import type { Way } from './way.ts';

/** Sent again after 250 ms, 500 ms and so on, as datagrams are lost. */
const FIRST_WAIT_MS = 250;
const GIVE_UP_MS = 4_000;

/** No answer came. `code` as sockets have it where one said why. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly code: string | undefined;

  constructor(code?: string) {
    super(code ?? 'no answer');
    this.code = code;
  }
}

/** The answer to this request and its bytes. Throws `NoAnswer`. */
export function ask(
  way: Way,
  { id }: StunMessage,
  bytes: Buffer,
  giveUpMs = GIVE_UP_MS,
): Promise<{ answer: StunMessage; bytes: Buffer }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ answer: StunMessage; bytes: Buffer }>();
  way.onMessage(
    (heard) => {
      const answer = decode(heard);
      if (answer?.id.equals(id) && answer.kind !== 'request') resolve({ answer, bytes: heard });
    },
    (error: NodeJS.ErrnoException) => reject(new NoAnswer(error.code)),
  );
  let again: NodeJS.Timeout | undefined;
  const send = (wait: number) => {
    way.send(bytes);
    if (!way.reliable) again = setTimeout(send, wait, wait * 2);
  };
  send(FIRST_WAIT_MS);
  const giveUp = setTimeout(() => reject(new NoAnswer()), giveUpMs);
  return promise.finally(() => {
    clearTimeout(again);
    clearTimeout(giveUp);
  });
}
