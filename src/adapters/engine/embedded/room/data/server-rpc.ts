import { randomUUID } from 'node:crypto';
import {
  DataPacket,
  DataPacket_Kind,
  type DataPacket as Packet,
  type PerformRpcRequest,
  RpcError,
  RpcRequest,
  type RpcResponse,
} from '@livekit/protocol';
import type { RpcOutcome } from '../../../../../ports/room-service.ts';
import type { Member } from '../types.ts';

/** LiveKit's own numbers and words. */
const FAILURES = {
  requestTooLarge: [1402, 'Request payload too large'],
  unheard: [1501, 'Connection timeout'],
  unanswered: [1502, 'Response timeout'],
  gone: [1503, 'Recipient disconnected'],
  unsent: [1505, 'Failed to send'],
} as const;

const GREATEST_PAYLOAD = 15 * 1024;
/** A client says at once that it has a call, and answers it when it is done. */
const HEARD_MS = 2_000;
const ANSWERED_MS = 10_000;
/** Timers take no more. */
const LONGEST_MS = 2 ** 31 - 1;

interface Call {
  readonly member: Member;
  heard(): void;
  settle(outcome: RpcOutcome): void;
}

/** Calls of the server's API to methods of clients. What they answer to these is for nobody else. */
export class ServerRpc {
  readonly #calls = new Map<string, Call>();

  async call(member: Member, { method, payload, responseTimeoutMs }: PerformRpcRequest): Promise<RpcOutcome> {
    if (Buffer.byteLength(payload) > GREATEST_PAYLOAD) return failed('requestTooLarge');
    const id = randomUUID();
    const timeoutMs = Math.min(responseTimeoutMs || ANSWERED_MS, LONGEST_MS);
    const { promise, resolve } = Promise.withResolvers<RpcOutcome>();
    const settle = (outcome: RpcOutcome) => {
      for (const timer of timers) clearTimeout(timer);
      this.#calls.delete(id);
      resolve(outcome);
    };
    const unheard = setTimeout(() => settle(failed('unheard')), HEARD_MS);
    const timers = [unheard, setTimeout(() => settle(failed('unanswered')), timeoutMs)];
    this.#calls.set(id, { member, heard: () => clearTimeout(unheard), settle });
    const request = new RpcRequest({ id, method, payload, responseTimeoutMs: timeoutMs, version: 1 });
    const packet = new DataPacket({
      kind: DataPacket_Kind.RELIABLE,
      // To whom clients address the answer: to no member, so that it ends here.
      participantIdentity: id,
      value: { case: 'rpcRequest', value: request },
    });
    const { data } = member.peer?.subscriber ?? {};
    const sent = member.active && (await data?.send('_reliable', packet.toBinary()));
    if (!sent) settle(failed('unsent'));
    return promise;
  }

  /** Whether the packet was about one of these calls. */
  answered(sender: Member, { value }: Packet): boolean {
    if (value.case !== 'rpcAck' && value.case !== 'rpcResponse') return false;
    const call = this.#calls.get(value.value.requestId);
    if (call?.member !== sender) return false;
    if (value.case === 'rpcAck') call.heard();
    else call.settle(outcomeOf(value.value));
    return true;
  }

  left(member: Member): void {
    for (const call of [...this.#calls.values()]) {
      if (call.member === member) call.settle(failed('gone'));
    }
  }

  close(): void {
    for (const call of [...this.#calls.values()]) call.settle(failed('gone'));
  }
}

function failed(why: keyof typeof FAILURES): RpcOutcome {
  const [code, message] = FAILURES[why];
  return { error: new RpcError({ code, message }) };
}

function outcomeOf({ value }: RpcResponse): RpcOutcome {
  if (value.case === 'error') return { error: value.value };
  return { payload: value.case === 'payload' ? value.value : '' };
}
