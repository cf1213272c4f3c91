import type { TSchema } from 'typebox';

/** One socket of this server: its frames are JSON text with a `type` and its `data`. */
export interface SocketApi {
  /** The channel's name in the document. */
  readonly name: string;
  readonly address: string;
  readonly title: string;
  readonly about: string;
  /** Of the address, by name: JSON schemas. */
  readonly query: Readonly<Record<string, object>>;
  /** The names of its frames in the document begin with it. */
  readonly prefix: string;
  /** What a frame has beside `type` and `data`, on either way. */
  readonly more: Readonly<Record<string, object>>;
  readonly client: Readonly<Record<string, TSchema>>;
  readonly server: Readonly<Record<string, TSchema>>;
}

/** The document of `/asyncapi.json`: every frame of every socket, from the schemas that check and describe them. */
export function asyncapi(version: string, sockets: readonly SocketApi[]) {
  const parts = sockets.map((socket) => ({
    socket,
    received: messages(socket, 'client'),
    sent: messages(socket, 'server'),
  }));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Parley: sockets',
      version,
      description: sockets.map(({ title, about }) => `# ${title}\n\n${about}`).join('\n\n'),
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      parts.map(({ socket: { name, address, title, query }, received, sent }) => [
        name,
        {
          address,
          title,
          messages: refs('components', { ...received, ...sent }),
          bindings: { ws: { method: 'GET', query: { type: 'object', properties: query } } },
        },
      ]),
    ),
    operations: Object.fromEntries(
      parts.flatMap(({ socket: { name, prefix }, received, sent }) => [
        [`${prefix}receive`, operation(name, 'receive', 'What clients send', received)],
        [`${prefix}send`, operation(name, 'send', 'What the server sends', sent)],
      ]),
    ),
    components: {
      messages: Object.assign({}, ...parts.flatMap(({ received, sent }) => [received, sent])),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function messages({ prefix, more, ...frames }: SocketApi, side: 'client' | 'server') {
  return Object.fromEntries(
    Object.entries(frames[side]).map(([type, data]) => [
      // Names in AsyncAPI have no colon.
      `${prefix}${side}.${type.replace(':', '.')}`,
      {
        name: type,
        title: type,
        summary: (data as { description?: string }).description,
        payload: {
          type: 'object',
          required: ['type', 'data'],
          properties: { type: { const: type }, ...more, data },
        },
      },
    ]),
  );
}

const operation = (
  channel: string,
  action: 'send' | 'receive',
  summary: string,
  of: Record<string, unknown>,
) => ({
  action,
  summary,
  channel: { $ref: `#/channels/${channel}` },
  messages: Object.values(refs(`channels/${channel}`, of)),
  security: [{ $ref: '#/components/securitySchemes/bearer' }],
});

const refs = (place: string, of: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(of).map((name) => [name, { $ref: `#/${place}/messages/${name}` }]));
