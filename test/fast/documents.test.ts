import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { filesMatching, root, textOf } from '../support/source-files.ts';

/** What a heading is called in a link, as the usual Markdown hosts make it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

const anchorsIn = (path: string): string[] =>
  [...textOf(path).matchAll(/^#{1,6}\s+(.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ''));

/** The relative links of a document that lead nowhere. Code is not a link. */
function deadLinks(path: string): string[] {
  const prose = textOf(path)
    .replaceAll(/^```[\s\S]*?^```/gm, '')
    .replaceAll(/`[^`\n]*`/g, '');
  const links = [...prose.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|(?:src|href)="([^"]+)"/g)];
  return links
    .map(([, inText, inTag]) => inText ?? inTag ?? '')
    .filter((link) => !/^[a-z][a-z0-9+.-]*:/i.test(link))
    .filter((link) => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : join(dirname(path), decodeURIComponent(file));
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsIn(target).includes(anchor);
    })
    .map((link) => `${path} links to ${link}`);
}

it('no relative link in the documents is dead', () => {
  // The contracts are kept as they were published; what they link to is not ours.
  const documents = filesMatching('**/*.md').filter((path) => !path.startsWith('test/contracts/'));
  expect(documents).toContain('README.md');
  expect(documents.flatMap(deadLinks)).toEqual([]);
});

it('ARCHITECTURE.md names every folder of src', () => {
  const architecture = textOf('ARCHITECTURE.md');
  const folders = readdirSync(join(root, 'src')).filter((name) =>
    statSync(join(root, 'src', name)).isDirectory(),
  );
  expect(folders.filter((name) => !new RegExp(`\\b${name}/`).test(architecture))).toEqual([]);
});
