import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { accountNamed, type ChildServer, findProgram, folderFor, startChild } from './child-server.ts';
import { freePort } from './free-port.ts';

/** Where a TURN server is and the secret it shares with whoever makes credentials for it. */
export type TurnFacts = { urls: string[]; secret: string; realm: string };

/** A coturn of our own on loopback that takes expiring credentials made with the shared secret. */
export async function startCoturn(): Promise<ChildServer & { turn: TurnFacts }> {
  const account = accountNamed('turnserver');
  const folder = folderFor('coturn', account);
  const port = await freePort();
  // Below the ports that the system hands out by itself.
  const firstRelay = 20_000 + Math.floor(Math.random() * 50) * 200;
  const turn: TurnFacts = {
    urls: [`turn:127.0.0.1:${port}?transport=udp`, `turn:127.0.0.1:${port}?transport=tcp`],
    secret: 'a secret that only the tests know',
    realm: 'parley.test',
  };
  const server = await startChild({
    name: 'coturn',
    account,
    folder,
    command: [
      findProgram('turnserver'),
      ...['-n', '--no-cli', '--no-tls', '--no-dtls', '--no-rfc5780', '--log-file=stdout', '--simple-log'],
      ...['--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1', `--listening-port=${port}`],
      ...[`--min-port=${firstRelay}`, `--max-port=${firstRelay + 199}`, '--allow-loopback-peers'],
      ...['--use-auth-secret', `--static-auth-secret=${turn.secret}`, `--realm=${turn.realm}`],
      ...[`--pidfile=${join(folder, 'pid')}`, `--userdb=${join(folder, 'users.db')}`],
    ],
    answers: () => reach(port),
  });
  return { ...server, turn };
}

async function reach(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}
