import type { TurnFacts } from './coturn.ts';

/** Where the servers of this run are. What a run did not start is absent. */
export type Servers = { postgres?: string; mariadb?: string; redis?: string; turn?: TurnFacts };

declare module 'vitest' {
  interface ProvidedContext {
    servers: Servers;
    /** Absent: the engine that the tests choose. */
    engine?: 'livekit';
  }
}
