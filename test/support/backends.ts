/** The databases Parley runs on. */
export const BACKENDS = ['sqlite', 'postgres', 'mariadb'] as const;
export type Backend = (typeof BACKENDS)[number];

/** What `BACKENDS=sqlite,postgres` asks for; all of them when it asks for nothing. */
export function wantedBackends(): readonly Backend[] {
  const given = process.env.BACKENDS?.split(',').map((word) => word.trim());
  if (!given) return BACKENDS;
  const unknown = given.filter((word) => !BACKENDS.some((backend) => backend === word));
  if (unknown.length > 0)
    throw new Error(`BACKENDS names ${unknown.join(', ')}; there are ${BACKENDS.join(', ')}`);
  return BACKENDS.filter((backend) => given.includes(backend));
}
