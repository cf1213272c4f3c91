import { SignalRequest, SignalResponse } from '@livekit/protocol';
import { WebSocket } from 'ws';
import { waitFor } from '../support/wait-for.ts';
import type { Rooms } from './rooms.ts';

type Message = SignalResponse['message'];
type Case = Exclude<Message['case'], undefined>;
type ValueOf<C extends Case> = Extract<Message, { case: C }>['value'];

/** A client that speaks LiveKit's signalling and has no media: it keeps what it hears. */
export class SignalClient {
  readonly ws: WebSocket;
  readonly closed: Promise<number>;
  readonly #heard: Message[] = [];

  private constructor(ws: WebSocket) {
    this.ws = ws;
    ws.on('message', (data) => this.#heard.push(SignalResponse.fromBinary(data as Buffer).message));
    ws.on('error', () => {});
    this.closed = new Promise((resolve) => ws.on('close', resolve));
  }

  /** Opens a socket; throws with the status and the text when the server refuses. */
  static async open(url: string): Promise<SignalClient> {
    const client = new SignalClient(new WebSocket(url));
    await new Promise<void>((resolve, reject) => {
      client.ws.once('open', () => resolve());
      client.ws.once('error', reject);
      client.ws.once('unexpected-response', (_, response) => {
        response
          .setEncoding('utf8')
          .on('data', (text) => reject(new Error(`${response.statusCode} ${text}`)));
      });
    });
    return client;
  }

  /** Comes into the room. */
  static async join(
    rooms: Rooms,
    identity: string,
    room: string,
    given: { token?: string; query?: string } = {},
  ): Promise<SignalClient> {
    const token = given.token ?? (await rooms.token(identity, room));
    const client = await SignalClient.open(
      `${rooms.wsUrl}/rtc?access_token=${token}&protocol=17&sdk=go&version=2.0.0${given.query ?? ''}`,
    );
    await client.next('join');
    return client;
  }

  send(message: SignalRequest['message']): void {
    this.ws.send(new SignalRequest({ message }).toBinary());
  }

  heard<C extends Case>(kind: C): ValueOf<C>[] {
    return this.#heard.filter((message) => message.case === kind).map(({ value }) => value as ValueOf<C>);
  }

  /** The first of its kind that fits, also if it has come already. */
  async next<C extends Case>(
    kind: C,
    fits: (value: ValueOf<C>) => boolean = () => true,
  ): Promise<ValueOf<C>> {
    const look = () => {
      const index = this.heard(kind).findIndex(fits);
      return index < 0 ? undefined : { value: this.heard(kind)[index] as ValueOf<C> };
    };
    const { value } = await waitFor(look, { reason: `a fitting ${kind} at a client` });
    return value;
  }
}
