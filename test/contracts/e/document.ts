import { blocksOf, type Example } from '../documents.ts';

/** A request of contract E as the document writes it: an `http` block. */
export function request(section: string): { method: string; path: string; body: Example } {
  const block = blocksOf('e-meetings').find(
    (one) => one.section === section && one.language === 'http' && one.part === '',
  );
  if (!block) throw new Error(`document E has no request under ${section}`);
  const [head = '', body] = block.text.split(/\n\n/, 2);
  const [method = '', path = ''] = (head.split('\n')[0] ?? '').split(' ');
  return { method, path, body: body?.trim() ? JSON.parse(body) : undefined };
}

/** The answer that the document shows below it. */
export function answer(section: string): Example {
  const block = blocksOf('e-meetings').find((one) => one.section === section && one.language === 'json');
  if (!block) throw new Error(`document E has no answer under ${section}`);
  return JSON.parse(block.text);
}
