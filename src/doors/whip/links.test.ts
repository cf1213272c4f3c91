import { validateHeaderValue } from 'node:http';
import { expect, it } from 'vitest';
import { iceLinks } from './links.ts';

const app = {
  ice: { stunUrls: ['stun:s'], turnUrls: ['turn:t'], turnSecret: 'secret', turnTtlS: 60 },
  clock: { now: () => 40_000 },
};

it.each(['小明', 'a"; rel="x', 'back\\slash', 'half \ud800', 'plain'])(
  'the links of %s fit into a header',
  (identity) => {
    const links = iceLinks(app, identity);
    expect(links).toHaveLength(2);
    for (const link of links) {
      expect(() => validateHeaderValue('link', link)).not.toThrow();
      expect(link).toMatch(/^<\w+:\w>; rel="ice-server"(; \w+(-type)?="[^"\\]+"){0,3}$|^<stun:s>/);
    }
    expect(links[1]).toMatch(/; username="100:[^"]+"; credential="[^"]+"; credential-type="password"$/);
  },
);
