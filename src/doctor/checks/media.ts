import { type MediaProbe, openProbe } from '../../adapters/engine/embedded/media/probe.ts';
import { workerBin } from '../../adapters/engine/embedded/worker-bin.ts';
import type { Finding, Look } from '../finding.ts';
import { reasonOf } from '../reason.ts';
import { NoAnswer } from '../stun/ask.ts';
import { type Credentials, connects } from '../stun/binding.ts';
import { visit } from '../visit.ts';

/** What is lost of these within the machine is lost for no good reason. */
const PACKETS = 50;

/** A worker of our own carries media; every announced candidate answers, ours or the running server's. */
export async function* media(look: Look): AsyncGenerator<Finding> {
  const program = programOf(look);
  if (program === undefined) return;
  let probe: MediaProbe;
  try {
    const { rtcPort, announced } = look.config.media;
    probe = await openProbe({
      rtcPort: look.running === undefined && look.portsFree ? rtcPort : 0,
      ...(announced.length > 0 && { announced }),
      workerBin: program,
      logLevel: 'none',
      failed: () => undefined,
    });
  } catch (error) {
    yield { state: 'failed', what: 'what.worker', say: 'worker.no_start', with: { reason: reasonOf(error) } };
    return;
  }
  try {
    const arrived = await probe.carry(PACKETS);
    const lost = arrived < PACKETS;
    yield {
      state: lost ? 'failed' : 'ok',
      what: 'what.trip',
      say: lost ? 'trip.lost' : 'trip.ok',
      with: { packets: PACKETS, arrived },
    };
    if (look.running !== undefined) yield* reachRunning(look, look.running);
    else if (look.portsFree) yield* reach(probe.candidates, probe);
    else yield { state: 'skipped', what: 'what.reach', say: 'reach.no_port' };
  } finally {
    probe.close();
  }
}

function programOf({ config }: Look): string | undefined {
  try {
    return workerBin(config.media.workerBin)?.path;
  } catch {
    // Its own check has said so.
    return undefined;
  }
}

async function* reachRunning({ config }: Look, url: string): AsyncGenerator<Finding> {
  try {
    const there = await visit(config, url, { anyCertificate: true });
    try {
      yield* reach(there.candidates(), there);
      const before = there.candidates().length;
      await there.tcp();
      const later = there.candidates().slice(before);
      yield* reach(later, there);
      if (!there.candidates().some((candidate) => protocolOf(candidate) === 'tcp')) {
        yield { state: 'failed', what: 'what.reach', name: 'TCP', say: 'reach.no_tcp' };
      }
    } finally {
      there.leave();
    }
  } catch (error) {
    yield {
      state: 'failed',
      what: 'what.running',
      say: 'running.other',
      with: { url, reason: reasonOf(error) },
    };
  }
}

/** All at once: those that do not answer take their time. */
async function* reach(candidates: readonly string[], remote: Credentials): AsyncGenerator<Finding> {
  yield* await Promise.all(candidates.map((candidate) => reachOne(candidate, remote)));
}

async function reachOne(candidate: string, remote: Credentials): Promise<Finding> {
  const [, , , , host = '', port = ''] = candidate.split(' ');
  const protocol = protocolOf(candidate);
  const shown = host.includes(':') ? `[${host}]` : host;
  const about = { what: 'what.reach', name: `${protocol.toUpperCase()} ${shown}:${port}` } as const;
  try {
    const right = await connects({ host, port: Number(port) }, protocol, remote);
    return { ...about, state: right ? 'ok' : 'failed', say: right ? 'reach.ok' : 'reach.other' };
  } catch (error) {
    // Whoever is there and knows nothing of this connection lets TCP come and says nothing.
    const other = error instanceof NoAnswer && error.code === undefined && protocol === 'tcp';
    return {
      ...about,
      state: 'failed',
      say: other ? 'reach.other' : 'reach.nothing',
      with: { reason: reasonOf(error) },
    };
  }
}

const protocolOf = (candidate: string) => (candidate.split(' ')[2] === 'tcp' ? 'tcp' : 'udp');
