import type { WebhookEvent } from '@livekit/protocol';

/** How many ids are remembered: webhooks are repeated within minutes. */
const REMEMBERED = 10_000;

export type About = Pick<WebhookEvent, 'event' | 'room' | 'participant' | 'track'>;

/** Events of the cluster for whoever listens, each once: webhooks are repeated, and found out by looking, too. */
export class News {
  readonly #listeners = new Set<(event: WebhookEvent) => void>();
  readonly #told = new Set<string>();

  listen(heard: (event: WebhookEvent) => void): () => void {
    this.#listeners.add(heard);
    return () => this.#listeners.delete(heard);
  }

  wasTold(event: About): boolean {
    return this.#told.has(nameOf(event));
  }

  tell(event: WebhookEvent): void {
    const what = nameOf(event);
    if (this.#told.has(what)) return;
    this.#told.add(what);
    for (const oldest of this.#told) {
      if (this.#told.size <= REMEMBERED) break;
      this.#told.delete(oldest);
    }
    for (const heard of this.#listeners) heard(event);
  }
}

/** What happened, whoever tells of it: the sids of rooms, members and tracks are never used again. */
function nameOf({ event, room, participant, track }: About): string {
  const kind = event === 'participant_connection_aborted' ? 'participant_left' : event;
  return [kind, room?.sid, participant?.sid, track?.sid].join(' ');
}
