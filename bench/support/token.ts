import { createHmac } from 'node:crypto';

export const KEY = 'bench';
export const SECRET = 'the-secret-of-the-bench-is-not-a-secret';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const HEAD = part({ alg: 'HS256', typ: 'JWT' });

/** A host application's token for one of its people. */
export function tokenFor(uid: string): string {
  const now = Math.floor(Date.now() / 1000);
  const body = `${HEAD}.${part({ iss: KEY, sub: uid, jti: `bench-${uid}`, iat: now, exp: now + 36_000 })}`;
  return `${body}.${createHmac('sha256', SECRET).update(body).digest('base64url')}`;
}
