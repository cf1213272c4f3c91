/** One open socket of this process, as the core sees it; what carries it is the door's. */
export interface LocalDevice {
  readonly userId: number;
  readonly uid: string;
  readonly id: string;
  /** The token it came with. */
  readonly jti: string | null;
  /** The client chose the id itself and will come back with it. */
  readonly named: boolean;
  readonly userAgent: string;
  /** False while it is still being told what it missed: frames that are kept reach it then. */
  readonly ready: boolean;
  /** False when it is no longer open. */
  deliver(text: string): boolean;
  /** Ends the socket; the reason is a word (`replaced`, `revoked`, ...). */
  cut(reason: string): void;
}

/** A leg's device is named by its socket's id, or by the token of a REST client. */
export const isDevice = (device: Pick<LocalDevice, 'id' | 'jti'>, name: string) =>
  device.id === name || device.jti === name;

const NONE: readonly LocalDevice[] = [];

/** The open sockets of this process by person. Most people have one: it is kept without a list. */
export class LocalDevices {
  readonly #byUser = new Map<number, LocalDevice | LocalDevice[]>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get people(): number {
    return this.#byUser.size;
  }

  has(userId: number): boolean {
    return this.#byUser.has(userId);
  }

  of(userId: number): readonly LocalDevice[] {
    const found = this.#byUser.get(userId);
    if (found === undefined) return NONE;
    return Array.isArray(found) ? found : [found];
  }

  /** By its id or its token. */
  find(userId: number, name: string): LocalDevice | undefined {
    const found = this.#byUser.get(userId);
    if (found === undefined) return undefined;
    if (Array.isArray(found)) return found.find((device) => isDevice(device, name));
    return isDevice(found, name) ? found : undefined;
  }

  add(device: LocalDevice): void {
    const found = this.#byUser.get(device.userId);
    this.#count += 1;
    if (found === undefined) this.#byUser.set(device.userId, device);
    else this.#byUser.set(device.userId, Array.isArray(found) ? [...found, device] : [found, device]);
  }

  remove(device: LocalDevice): boolean {
    const found = this.of(device.userId);
    const [first, ...others] = found.filter((other) => other !== device);
    if (others.length + (first ? 1 : 0) === found.length) return false;
    this.#count -= 1;
    if (first === undefined) this.#byUser.delete(device.userId);
    else this.#byUser.set(device.userId, others.length === 0 ? first : [first, ...others]);
    return true;
  }

  *[Symbol.iterator](): Generator<LocalDevice> {
    for (const found of this.#byUser.values()) {
      if (Array.isArray(found)) yield* found;
      else yield found;
    }
  }

  /** To those of the person's devices that `which` names; true when at least one was open. */
  deliver(
    userId: number,
    text: string,
    which: { device?: string; except?: string; ready?: boolean } = {},
  ): boolean {
    let sent = false;
    for (const device of this.of(userId)) {
      if (which.device !== undefined && !isDevice(device, which.device)) continue;
      if (which.except !== undefined && isDevice(device, which.except)) continue;
      if (which.ready && !device.ready) continue;
      if (device.deliver(text)) sent = true;
    }
    return sent;
  }
}
