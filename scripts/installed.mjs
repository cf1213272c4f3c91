// Says by its exit status whether node_modules already holds what package-lock.json names. npm keeps a copy of the
// lock of what it installed; packages for other systems are absent there and do not count. Runs on any Node.
import { readFileSync } from 'node:fs';

const packages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
try {
  const wanted = packages('package-lock.json');
  const present = packages('node_modules/.package-lock.json');
  const complete = Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (!path.includes('node_modules/')) return true;
    const found = present[path];
    return found ? Boolean(link) || found.version === version : Boolean(optional);
  });
  const nothingElse = Object.keys(present).every((path) => path in wanted);
  process.exit(complete && nothingElse ? 0 : 1);
} catch {
  process.exit(1);
}
