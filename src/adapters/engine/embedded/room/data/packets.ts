import { DataPacket, DataPacket_Kind, type DataPacket as Packet, UserPacket } from '@livekit/protocol';
import type { Member, RoomView, ServerData, Subscriptions } from '../types.ts';
import { Nonces } from './nonces.ts';
import { Recent } from './recent.ts';
import type { ServerRpc } from './server-rpc.ts';
import { stamp } from './stamp.ts';
import { Waits } from './waits.ts';

const LABEL = { [DataPacket_Kind.RELIABLE]: '_reliable', [DataPacket_Kind.LOSSY]: '_lossy' } as const;

/**
 * Data packets from one member to others: encoded once, whoever receives them. Each receiver has a
 * bounded queue of its own in front of its connection, so that one who is slow delays nobody else's
 * packets; one who is so far behind that its queue is full makes the sender wait, as long as it is
 * worth waiting for (see `ReliableChannel`), and loses packets otherwise.
 */
export class Packets {
  readonly #room: RoomView;
  readonly #subscriptions: Pick<Subscriptions, 'isSubscribed'>;
  readonly #rpc: ServerRpc;
  readonly #recent: Recent;
  readonly #nonces = new Nonces();
  readonly #waits = new Waits();
  readonly #last = new Map<Member, number>();
  /** Of those who are coming in: the first sequence of each sender that they could not be sent. */
  readonly #missed = new Map<Member, Map<string, number>>();

  constructor(
    room: RoomView,
    subscriptions: Pick<Subscriptions, 'isSubscribed'>,
    rpc: ServerRpc,
    now: () => number,
  ) {
    this.#room = room;
    this.#subscriptions = subscriptions;
    this.#rpc = rpc;
    this.#recent = new Recent(now);
  }

  received(sender: Member, kind: DataPacket_Kind, bytes: Uint8Array): void {
    const packet = parsed(bytes);
    if (!packet) return;
    const sequence = kind === DataPacket_Kind.RELIABLE ? packet.sequence : 0;
    if (sequence > 0) {
      // Sent again after a resume: the receivers have it.
      if (sequence <= this.lastSequence(sender)) return;
      this.#last.set(sender, sequence);
    }
    if (this.#rpc.answered(sender, packet)) return;
    const audience = stamp(packet, sender, kind);
    if (audience === 'metrics') this.#metrics(sender, packet, kind);
    if (audience === 'addressed') this.#relay(sender, packet, kind, sequence);
  }

  /** Bytes on a channel of the client's own: for everybody else, as somebody's user data without a topic. */
  receivedRaw(sender: Member, payload: Uint8Array): void {
    const packet = new DataPacket({
      participantIdentity: sender.hidden ? '' : sender.identity,
      value: { case: 'user', value: new UserPacket({ payload }) },
    });
    this.#send(sender, packet.toBinary(), '_reliable', this.#room.members());
  }

  sendFromServer({ payload, reliable, topic, toIdentities, toSids, nonce }: ServerData): void {
    if (this.#nonces.seen(nonce)) return;
    const kind = reliable ? DataPacket_Kind.RELIABLE : DataPacket_Kind.LOSSY;
    const destinationIdentities = [...toIdentities];
    const user = new UserPacket({ payload, destinationIdentities, destinationSids: [...toSids], nonce });
    if (topic !== undefined) user.topic = topic;
    const packet = new DataPacket({ kind, destinationIdentities, value: { case: 'user', value: user } });
    this.#send(undefined, packet.toBinary(), LABEL[kind], this.#addressed(packet));
  }

  lastSequence(member: Member): number {
    return this.#last.get(member) ?? 0;
  }

  /** It is there now: what was for it while it came in follows. */
  activated(member: Member): void {
    const missed = this.#missed.get(member);
    this.#missed.delete(member);
    if (missed) this.#replay(member, missed);
  }

  /** It came back, and says what it had of each sender. */
  replay(member: Member, last: Iterable<{ publisherSid: string; lastSeq: number }>): void {
    const firsts = new Map<string, number>();
    for (const { publisherSid, lastSeq } of last) firsts.set(publisherSid, lastSeq + 1);
    this.#replay(member, firsts);
  }

  left(member: Member): void {
    this.#last.delete(member);
    this.#missed.delete(member);
  }

  close(): void {
    this.#recent.close();
  }

  #replay(member: Member, firsts: ReadonlyMap<string, number>): void {
    for (const { bytes, senderSid, isFor } of this.#recent.since(firsts)) {
      if (senderSid !== member.sid && isFor(member)) member.peer?.subscriber.data.send('_reliable', bytes);
    }
  }

  #relay(sender: Member, packet: Packet, kind: DataPacket_Kind, sequence: number): void {
    if (packet.value.case === 'user' && this.#nonces.seen(packet.value.value.nonce)) return;
    const bytes = packet.toBinary();
    const to = this.#addressed(packet);
    if (sequence > 0) {
      const sids = sidsOf(packet);
      const identities = packet.destinationIdentities;
      const all = sids.length + identities.length === 0;
      const isFor: (member: { sid: string; identity: string }) => boolean = (member) =>
        all || identities.includes(member.identity) || sids.includes(member.sid);
      this.#recent.add({ senderSid: sender.sid, sequence, bytes, isFor });
      for (const member of to) if (!member.active) this.#misses(member, sender, sequence);
    }
    this.#send(sender, bytes, LABEL[kind], to);
  }

  #misses(member: Member, sender: Member, sequence: number): void {
    if (member === sender || member.closed) return;
    let firsts = this.#missed.get(member);
    if (!firsts) {
      firsts = new Map();
      this.#missed.set(member, firsts);
    }
    if (!firsts.has(sender.sid)) firsts.set(sender.sid, sequence);
  }

  /** Those who may see measurements, of themselves and of those they get something of. */
  #metrics(sender: Member, packet: Packet, kind: DataPacket_Kind): void {
    const to = [...this.#room.members()].filter(
      (member) =>
        member.permission.canSubscribeMetrics &&
        (member === sender || this.#subscriptions.isSubscribed(member, sender)),
    );
    if (to.length > 0) this.#send(sender, packet.toBinary(), LABEL[kind], to, true);
  }

  #send(
    sender: Member | undefined,
    bytes: Uint8Array,
    label: string,
    to: Iterable<Member>,
    echo = false,
  ): void {
    for (const member of to) {
      if (!member.active || member.closed || (member === sender && !echo)) continue;
      const sent = member.peer?.subscriber.data.send(label, bytes);
      if (sender && sent instanceof Promise) this.#waits.add(sender, sent);
    }
  }

  #addressed(packet: Packet): Iterable<Member> {
    const sids = sidsOf(packet);
    const identities = packet.destinationIdentities;
    if (sids.length + identities.length === 0) return [...this.#room.members()];
    const found = new Set<Member>();
    for (const identity of identities) add(found, this.#room.byIdentity(identity));
    for (const sid of sids) add(found, this.#room.bySid(sid));
    return found;
  }
}

function add(found: Set<Member>, member: Member | undefined): void {
  if (member) found.add(member);
}

const sidsOf = ({ value }: Packet) => (value.case === 'user' ? value.value.destinationSids : []);

/** Undefined for what is no packet: LiveKit passes over it, too. */
function parsed(bytes: Uint8Array): DataPacket | undefined {
  try {
    return DataPacket.fromBinary(bytes);
  } catch {
    return undefined;
  }
}
