import type { Config } from '../../config/config.ts';
import type { Finding, Look } from '../finding.ts';
import { askHttp } from '../http.ts';
import { serviceToken } from '../own-key.ts';
import { reasonOf } from '../reason.ts';

/** Whether the server of this configuration runs here, and takes our key. */
export async function* running(look: Look): AsyncGenerator<Finding> {
  const { config } = look;
  const what = 'what.running' as const;
  const url = localUrl(config);
  const health = await askHttp(`${url}/health`, { anyCertificate: true }).catch(() => undefined);
  if (!health) {
    yield { state: 'skipped', what, say: 'running.not', with: { url } };
    return;
  }
  const reason = await refusal(config, url, health.status);
  if (reason === undefined) {
    look.running = url;
    yield { state: 'ok', what, say: 'running.ok', with: { url } };
  } else yield { state: 'failed', what, say: 'running.other', with: { url, reason } };
}

async function refusal(config: Config, url: string, health: number): Promise<string | undefined> {
  if (health !== 200) return `HTTP ${health}`;
  const token = await serviceToken(config);
  if (token === undefined) return 'secrets.json';
  try {
    // What only a key of this server's may do, whatever the engine.
    const { status } = await askHttp(`${url}/api/rooms?limit=1`, { token, anyCertificate: true });
    return status === 401 || status === 403 ? 'API_KEYS' : undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** As it is reached from this machine. */
function localUrl({ host, port, tls }: Config): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `${tls ? 'https' : 'http'}://${name}:${port}`;
}
