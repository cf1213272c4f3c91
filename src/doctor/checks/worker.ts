import { workerBin } from '../../adapters/engine/embedded/worker-bin.ts';
import type { Finding, Look } from '../finding.ts';

/** The program that carries media is there. */
export async function* worker({ config: { media } }: Look): AsyncGenerator<Finding> {
  const what = 'what.worker' as const;
  try {
    const found = workerBin(media.workerBin);
    if (!found) yield { state: 'failed', what, say: 'worker.missing' };
    else {
      const ours = found.mapsNumbers && found.batchesSends;
      yield { state: 'ok', what, say: ours ? 'worker.ok' : 'worker.stock', with: { path: found.path } };
    }
  } catch {
    // It throws for the one that the configuration names.
    yield { state: 'failed', what, say: 'worker.no_program', with: { path: media.workerBin ?? '' } };
  }
}
