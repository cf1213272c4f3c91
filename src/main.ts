import { ConfigError } from './config/checks.ts';
import { configFrom, printable } from './config/config.ts';
import { readEnv } from './config/env.ts';
import { start } from './start.ts';

/** How long a stop waits for what is in flight. */
const STOP_MS = 10_000;

try {
  const config = configFrom(readEnv());
  if (process.argv.includes('--check-config')) {
    process.stdout.write(`${JSON.stringify(printable(config), null, 2)}\n`);
  } else {
    const parley = await start(config);
    let stopping = false;
    const stop = () => {
      if (stopping) return;
      stopping = true;
      setTimeout(() => process.exit(1), STOP_MS).unref();
      parley.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
    process.stdout.write(`parley listening on ${parley.url}\n`);
  }
} catch (error) {
  const message = error instanceof ConfigError || error instanceof Error ? error.message : String(error);
  process.stderr.write(`parley cannot start: ${message}\n`);
  process.exitCode = 1;
}
