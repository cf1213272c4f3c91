import type { App } from '../../core/app.ts';
import { iceServers } from '../../core/calls/index.ts';

/** STUN and TURN as RFC 9725 says them: one `Link` for each address. */
export function iceLinks(app: Pick<App, 'ice' | 'clock'>, identity: string): string[] {
  // TURN takes any name that is signed; a header takes no other letters than these.
  const name = encodeURIComponent(identity.toWellFormed());
  return iceServers(app.ice, name, app.clock.now()).flatMap(({ urls, username, credential }) =>
    [urls].flat().map((url) => {
      const link = `<${url}>; rel="ice-server"`;
      if (username === undefined || credential === undefined) return link;
      return `${link}; username="${username}"; credential="${credential}"; credential-type="password"`;
    }),
  );
}
