import { readFileSync } from 'node:fs';

/** The published documents as they came; a test replays their examples from here and from nowhere else. */
export type DocumentName = 'a-call-service' | 'b-group-calls' | 'c-call-socket' | 'd-rooms' | 'e-meetings';

// biome-ignore lint/suspicious/noExplicitAny: the documents' examples have no type but themselves.
export type Example = any;

/** One fenced block of a document. */
export interface Block {
  /** The nearest `##` or `###` heading that names a section, without its number. */
  section: string;
  /** What the block is, as the line or heading above it says: `Request`, `请求体`, `响应示例`... */
  part: string;
  language: string;
  text: string;
}

export function blocksOf(name: DocumentName): Block[] {
  const text = readFileSync(new URL(`./documents/${name}.md`, import.meta.url), 'utf8');
  const blocks: Block[] = [];
  let section = '';
  let part = '';
  let open: Block | undefined;
  for (const line of text.split('\n')) {
    if (open) {
      if (line.startsWith('```')) {
        blocks.push(open);
        open = undefined;
      } else open.text += `${line}\n`;
    } else if (line.startsWith('```')) {
      open = { section, part, language: line.slice(3).trim(), text: '' };
    } else {
      const heading = /^(#{1,4}) +(?:[\d.]+ +)?(.+)$/.exec(line);
      const label = /^\*\*(.+?)\*\*[:：]?$/.exec(line.trim());
      if (label?.[1]) part = label[1].replace(/[:：]$/, '');
      else if (heading?.[2] && PARTS.includes(heading[2])) part = heading[2];
      else if (heading?.[2]) {
        section = heading[2];
        part = '';
      }
    }
  }
  return blocks;
}

/** Headings that say what a block is rather than what it is about. */
const PARTS = ['请求体', '响应示例', '路径参数', '查询参数', '参数说明'];

/** The JSON example of a section, with the ids that a server makes put in place of the document's. */
export function example(
  name: DocumentName,
  section: string,
  part: string,
  ids: Record<string, string> = {},
): Example {
  const found = blocksOf(name).filter(
    (block) => block.section === section && block.part === part && block.language === 'json',
  );
  const [block] = found;
  if (!block || found.length > 1) throw new Error(`${name}: ${found.length} examples of ${section}, ${part}`);
  const text = Object.entries(ids).reduce(
    (json, [from, to]) => json.replaceAll(`"${from}"`, `"${to}"`),
    block.text,
  );
  return JSON.parse(text);
}
