// npm run doctor: looks at what the server needs from its surroundings, and says what is wrong.
import { ConfigError } from '../config/checks.ts';
import { configFrom } from '../config/config.ts';
import { readEnv } from '../config/env.ts';
import type { Finding } from './finding.ts';
import { examine } from './run.ts';
import { ownLanguage, say } from './words.ts';

const language = ownLanguage();
const MARK_WIDTH = Math.max(...(['ok', 'failed', 'skipped'] as const).map((state) => width(mark(state))));
let failed = false;

try {
  for await (const finding of examine(configFrom(readEnv()))) tell(finding);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  tell({ state: 'failed', what: 'what.config', say: 'config.wrong', with: { message: error.message } });
}
process.exitCode = failed ? 1 : 0;

function tell(finding: Finding): void {
  failed ||= finding.state === 'failed';
  const word = mark(finding.state);
  const name = finding.name === undefined ? '' : ` ${finding.name}`;
  const sentence = say(finding.say, language, finding.with);
  const space = ' '.repeat(MARK_WIDTH - width(word));
  process.stdout.write(`${word}${space}  ${say(finding.what, language)}${name}: ${sentence}\n`);
}

function mark(state: Finding['state']): string {
  return say(`mark.${state}`, language);
}

/** In columns: a Chinese character takes two. */
function width(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 0);
}
