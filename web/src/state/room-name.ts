/** What a room made here may be called: it is a part of its address, and calls have names of their own. */
export const isNewName = (name: string): boolean =>
  /^[\p{L}\p{N}._-]{1,64}$/u.test(name) && !/^(call|meet)_/.test(name);

/** The room that somebody typed or pasted: its name, or an address that ends in it. */
export function roomNameIn(typed: string): string | undefined {
  const text = typed.trim();
  const [, inAddress] = /\/rooms\/([^/?#]+)\/?(?:[?#].*)?$/.exec(text) ?? [];
  try {
    const name = inAddress === undefined ? text : decodeURIComponent(inAddress);
    return /^[^\p{C}/]{1,100}$/u.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}

export const roomAddress = (name: string): string => `/rooms/${encodeURIComponent(name)}`;
