import { request as plain } from 'node:http';
import { request as secure } from 'node:https';

export interface Told {
  readonly status: number;
  readonly text: string;
}

const TOO_LONG_MS = 8_000;

/** One request. `anyCertificate`: of this machine by its number, which no certificate is for. */
export function askHttp(
  url: string,
  options: { method?: string; token?: string; body?: object; anyCertificate?: boolean } = {},
): Promise<Told> {
  const { method = 'GET', token, body, anyCertificate = false } = options;
  const request = url.startsWith('https:') ? secure : plain;
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      method,
      rejectUnauthorized: !anyCertificate,
      timeout: TOO_LONG_MS,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
    });
    asked.on('timeout', () => asked.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })));
    asked.on('error', reject);
    asked.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
