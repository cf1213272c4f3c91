import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { waitFor } from './wait-for.ts';

/** A letter as a mail server got it. */
export interface Received {
  from: string;
  to: string[];
  /** Header names in lower case. */
  headers: Record<string, string>;
  subject: string;
  text: string;
  /** Of a letter with several parts: each that holds something, in their order; `text` is the first of them then. */
  parts: Part[];
}

export interface Part {
  headers: Record<string, string>;
  text: string;
}

export interface SmtpServer {
  url: string;
  letters: Received[];
  /** The next letter to somebody that has not been waited for. */
  next(to: string): Promise<Received>;
  close(): Promise<void>;
}

/** Who may send through it. */
const USER = 'parley';
const PASSWORD = 'a:pass@word';

/**
 * A mail server that takes letters (RFC 5321) from whoever signs in (AUTH PLAIN) and keeps them.
 * Recipients at `refused.example` are none. On a port that is said, else on a free one.
 */
export async function startSmtp(port = 0): Promise<SmtpServer> {
  const letters: Received[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => {}));
    serve(socket, (letter) => letters.push(letter));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: at } = server.address() as AddressInfo;
  let read = 0;
  return {
    url: `smtp://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${at}`,
    letters,
    next: (to) =>
      waitFor(
        () => {
          const at = letters.findIndex((letter, i) => i >= read && letter.to.includes(to));
          if (at < 0) return undefined;
          read = at + 1;
          return letters[at];
        },
        { reason: `a letter to ${to}` },
      ),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function serve(socket: Socket, received: (letter: Received) => void): void {
  const say = (line: string) => socket.write(`${line}\r\n`);
  let known = false;
  let envelope = { from: '', to: [] as string[] };
  let data: string[] | undefined;
  let rest = '';
  const command = (line: string): unknown => {
    const [verb = ''] = line.toUpperCase().split(/[ :]/, 1);
    const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
    if (verb === 'EHLO') return say('250-mail.example\r\n250-8BITMIME\r\n250 AUTH PLAIN');
    if (verb === 'AUTH') {
      const [, user, password] = Buffer.from(line.split(' ')[2] ?? '', 'base64')
        .toString()
        .split('\0');
      known = user === USER && password === PASSWORD;
      return say(known ? '235 welcome' : '535 no');
    }
    if (verb === 'QUIT') return socket.end('221 bye\r\n');
    if (!known) return say('530 sign in first');
    if (verb === 'MAIL') envelope = { from: address, to: [] };
    if (verb === 'RCPT') {
      if (address.endsWith('@refused.example')) return say('550 nobody here');
      envelope.to.push(address);
    }
    if (verb === 'DATA') {
      data = [];
      return say('354 go on');
    }
    return say('250 fine');
  };
  say('220 mail.example');
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!data) command(line);
      else if (line === '.') {
        received({ ...envelope, ...parsed(data) });
        data = undefined;
        say('250 kept');
      } else data.push(line.startsWith('.') ? line.slice(1) : line);
    }
  });
}

function parsed(lines: readonly string[]): Omit<Received, 'from' | 'to'> {
  const { headers, body } = split(lines);
  const parts = partsOf(headers, body);
  return { headers, subject: words(headers.subject ?? ''), text: parts[0]?.text ?? '', parts };
}

/** What is in a letter or a part of one, however deep (RFC 2046). */
function partsOf(headers: Record<string, string>, body: readonly string[]): Part[] {
  const boundary = /^multipart\/.*boundary="?([^";]+)/i.exec(headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) {
    const encoding = headers['content-transfer-encoding'] ?? '7bit';
    return [{ headers, text: decoded(body.join('\n'), encoding.toLowerCase()) }];
  }
  const marks = body.flatMap((line, i) => (line.startsWith(`--${boundary}`) ? [i] : []));
  return marks.slice(0, -1).flatMap((mark, i) => {
    const part = split(body.slice(mark + 1, marks[i + 1]));
    return partsOf(part.headers, part.body);
  });
}

function split(lines: readonly string[]): { headers: Record<string, string>; body: readonly string[] } {
  const at = lines.indexOf('');
  const head = lines
    .slice(0, at)
    .join('\r\n')
    .replace(/\r\n[ \t]+/g, ' ');
  const headers = Object.fromEntries(
    head
      .split('\r\n')
      .map((line) => [line.split(':', 1)[0]?.toLowerCase() ?? '', line.replace(/^[^:]*: */, '')]),
  );
  return { headers, body: lines.slice(at + 1) };
}

function decoded(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1').toString();
  return unquoted(body.replace(/=\n/g, ''));
}

const unquoted = (text: string) =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString();

/** Encoded words of RFC 2047, which a header of other letters is made of. */
const words = (header: string) =>
  header
    .replace(/\?= +=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString()
        : unquoted(text.replaceAll('_', ' ')),
    );
