import { lookup } from 'node:dns/promises';
import type { Finding, Look } from '../finding.ts';
import { askHttp } from '../http.ts';
import { reasonOf } from '../reason.ts';
import { visit } from '../visit.ts';

/** The address that people are given leads here, through whatever stands between. */
export async function* publicUrl({ config, running }: Look): AsyncGenerator<Finding> {
  const what = 'what.public_url' as const;
  const url = config.publicUrl;
  if (url === undefined) {
    yield { state: 'skipped', what, say: 'public_url.none' };
    return;
  }
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
  const address = (await lookup(host).catch(() => undefined))?.address;
  if (address === undefined) {
    yield { state: 'failed', what, say: 'public_url.no_name', with: { host } };
    return;
  }
  if (running === undefined) {
    yield { state: 'skipped', what, say: 'public_url.not_running', with: { address } };
    return;
  }
  try {
    const { status, text } = await askHttp(`${url}/health`);
    if (status !== 200 || !text.includes('"ok"')) {
      yield { state: 'failed', what, say: 'public_url.other', with: { url, status } };
      return;
    }
  } catch (error) {
    yield { state: 'failed', what, say: 'public_url.unreachable', with: { url, reason: reasonOf(error) } };
    return;
  }
  if (config.media.engine !== 'embedded') {
    yield { state: 'ok', what, say: 'public_url.http' };
    return;
  }
  try {
    (await visit(config, url)).leave();
    yield { state: 'ok', what, say: 'public_url.ok' };
  } catch (error) {
    yield { state: 'failed', what, say: 'public_url.no_sockets', with: { reason: reasonOf(error) } };
  }
}
