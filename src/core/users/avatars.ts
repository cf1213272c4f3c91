import type { Blobs, Kept } from '../../ports/blobs.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Images } from '../../ports/images.ts';
import type { Store } from '../../ports/store.ts';
import { ParleyError } from '../errors.ts';
import { active } from '../identity/identity.ts';
import { changeUser } from './change.ts';
import { newSecret } from './secret.ts';
import type { User } from './user.ts';

export interface AvatarsDeps {
  store: Store;
  clock: Clock;
  blobs: Blobs;
  images: Images;
  failed: (what: string, error: unknown) => void;
}

export const AVATAR_MAX_BYTES = 5 * 1024 * 1024;
const RULES = { side: 512, maxPixels: 50_000_000 };
/** Where everybody may read them; the names cannot be guessed. */
export const AVATARS_PATH = '/files/avatars/';
export const FOLDER = 'avatars/';

/** Pictures of people that this server keeps. Each has a name of its own and never changes. */
export class Avatars {
  readonly #deps: AvatarsDeps;
  readonly #removing = new Set<Promise<void>>();

  constructor(deps: AvatarsDeps) {
    this.#deps = deps;
  }

  /**
   * Somebody's new picture; the one before goes. `origin` is where the server is reached. Throws
   * `too_large` and `invalid` (`upload.too_large`, `upload.failed`): nothing has changed then.
   */
  async upload(user: User, content: AsyncIterable<Uint8Array>, origin: string): Promise<User> {
    const { store, clock, blobs, images } = this.#deps;
    const picture = await images.square(atMost(AVATAR_MAX_BYTES, content), RULES);
    const name = `${user.id}-${newSecret()}.webp`;
    await blobs.put(FOLDER + name, once(picture));
    try {
      const { before, after } = await store.transaction(async (tx) => {
        const before = active((await tx.users.lock(user.id)) ?? user);
        const changes = { avatarUrl: origin + AVATARS_PATH + name, updatedAt: clock.now() };
        return { before, after: await changeUser(tx, before, changes) };
      });
      this.settle(before, after);
      return after;
    } catch (error) {
      await blobs.remove(FOLDER + name);
      throw error;
    }
  }

  /** Undefined when there is none of this name. */
  async open(name: string): Promise<Kept | undefined> {
    return NAME.test(name) ? this.#deps.blobs.get(FOLDER + name) : undefined;
  }

  /** After a change of somebody is committed: their picture of before goes, if it was ours and is no longer shown. */
  settle(before: User, after: User | undefined): void {
    const name = nameOf(before);
    if (name === undefined || before.avatarUrl === after?.avatarUrl) return;
    const { blobs, failed } = this.#deps;
    const removing = blobs
      .remove(FOLDER + name)
      .catch((error) => failed(`remove the picture of user ${before.id}`, error))
      .finally(() => this.#removing.delete(removing));
    this.#removing.add(removing);
  }

  async close(): Promise<void> {
    await Promise.all(this.#removing);
  }
}

const NAME = /^\d+-[\w-]{43}\.webp$/;

/** Whose picture a file would be; undefined for one that is none of ours. */
export const ownerOf = (name: string): number | undefined =>
  NAME.test(name) ? Number.parseInt(name, 10) : undefined;

/** The file of somebody's picture, if it is one of ours and theirs: an address is what its owner says it is. */
export function nameOf({ id, avatarUrl }: User): string | undefined {
  const name = avatarUrl?.split(AVATARS_PATH)[1];
  return name !== undefined && NAME.test(name) && name.startsWith(`${id}-`) ? name : undefined;
}

async function* atMost(limit: number, content: AsyncIterable<Uint8Array>) {
  let size = 0;
  for await (const part of content) {
    size += part.length;
    if (size > limit) throw new ParleyError('too_large', 'upload.too_large', { limit });
    yield part;
  }
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}
