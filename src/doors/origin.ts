import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';

export interface OriginFacts {
  /** Where clients reach this server, if the configuration says. */
  publicUrl?: string | undefined;
  /** A proxy's word is believed. */
  trustProxy: boolean | string;
}

/** The address a client has reached this server by, without a slash at the end: `https://call.example.com`. */
export function originOf(request: IncomingMessage, { publicUrl, trustProxy }: OriginFacts): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  const { headers } = request;
  const forwarded = trustProxy === false ? undefined : first(headers['x-forwarded-proto']);
  const secure =
    forwarded === undefined ? (request.socket as TLSSocket).encrypted === true : forwarded === 'https';
  const host =
    (trustProxy === false ? undefined : first(headers['x-forwarded-host'])) ?? headers.host ?? 'localhost';
  return `${secure ? 'https' : 'http'}://${host}`;
}

/** The same for a WebSocket client. */
export const socketAddress = (origin: string): string => origin.replace(/^http/, 'ws');

const first = (header: string | string[] | undefined): string | undefined =>
  (Array.isArray(header) ? header[0] : header)?.split(',')[0]?.trim() || undefined;
