import { Loader } from './store.ts';

/** A page of a list that has page numbers. */
export interface Paged<T> {
  items: readonly T[];
  total: number;
  page: number;
}

export const PAGE_SIZE = 20;

/** One page at a time of what the server lists. */
export class PagedLoader<T> extends Loader<Paged<T>> {
  readonly #fetch: (page: number) => Promise<{ items: readonly T[]; total: number }>;

  constructor(fetch: (page: number) => Promise<{ items: readonly T[]; total: number }>) {
    super();
    this.#fetch = fetch;
  }

  /** The page that is shown, or another one. */
  show(page = this.get().data?.page ?? 1): Promise<void> {
    return this.load(async () => ({ ...(await this.#fetch(page)), page }));
  }
}
