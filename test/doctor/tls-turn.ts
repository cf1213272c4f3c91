import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { createServer } from 'node:tls';

/** For `localhost` and the tests alone, good until 2126; nobody trusts it who is not told to. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUPMGQfx4AMtaUjG1lk8BHmN4KSxwwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTE0NDU0NVoYDzIxMjYxMDI4
MTQ0NTQ1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQpuOszDM/TOBYzn9JMgyKOVQf5gFRDYHDnpDaW5/qo6ngv56OUkBfH
Il8Uzysp1kz0OUpjukxtbxXv1P0o+eXuo2kwZzAdBgNVHQ4EFgQUG7ET3hD55VcV
pul5mVgEU+0p4aMwHwYDVR0jBBgwFoAUG7ET3hD55VcVpul5mVgEU+0p4aMwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SAAwRQIhAKBx49kFtg4+ulnWuxAae+byAt+rE0dFPN4QmMCj5sweAiBUpguhxGxI
K4BtDb/jW04SXZGVc9x8h4NRrJ8wPo8rXQ==
-----END CERTIFICATE-----
`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg+g1SN3h51+K/4k1o
9+huc5O0VMHC/WeSET1bKhfREhyhRANCAAQpuOszDM/TOBYzn9JMgyKOVQf5gFRD
YHDnpDaW5/qo6ngv56OUkBfHIl8Uzysp1kz0OUpjukxtbxXv1P0o+eXu
-----END PRIVATE KEY-----
`;

/** TLS in front of a TURN server's TCP port; answers its own port. */
export async function tlsBefore(port: number): Promise<{ port: number; close(): void }> {
  const server = createServer({ key: KEY, cert: CERTIFICATE }, (near) => {
    const far = connect(port, '127.0.0.1');
    near.pipe(far).pipe(near);
    // Whoever does not trust the certificate hangs up.
    for (const each of [near, far]) each.on('error', () => each.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}
