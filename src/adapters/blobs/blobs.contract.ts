import { describe, expect, it } from 'vitest';
import type { Blobs } from '../../ports/blobs.ts';

async function* parts(...texts: string[]) {
  for (const text of texts) yield new TextEncoder().encode(text);
}

async function textOf(blobs: Blobs, key: string): Promise<string | undefined> {
  const kept = await blobs.get(key);
  if (!kept) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of kept.content) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  expect(bytes.length).toBe(kept.size);
  return bytes.toString('utf8');
}

/** What every place for files must do. */
export function blobsContract(blobs: () => Blobs): void {
  describe('files', () => {
    it('come back as they went in, and go', async () => {
      const key = 'some/folder/7-a_B.c.txt';
      expect(await blobs().get(key)).toBeUndefined();
      expect(await blobs().put(key, parts('one ', 'zwei ', '三'))).toBe(12);
      expect(await textOf(blobs(), key)).toBe('one zwei 三');
      await blobs().put(key, parts('another'));
      expect(await textOf(blobs(), key)).toBe('another');
      await blobs().remove(key);
      expect(await textOf(blobs(), key)).toBeUndefined();
      await blobs().remove(key);
      await blobs().put('empty', parts());
      expect(await textOf(blobs(), 'empty')).toBe('');
    });

    it('are whole or not there: what breaks off leaves what was', async () => {
      async function* broken() {
        yield* parts('half of it');
        throw new Error('the line is gone');
      }
      await expect(blobs().put('broken', broken())).rejects.toThrow('the line is gone');
      expect(await blobs().get('broken')).toBeUndefined();
      await blobs().put('kept', parts('whole'));
      await expect(blobs().put('kept', broken())).rejects.toThrow('the line is gone');
      expect(await textOf(blobs(), 'kept')).toBe('whole');
    });

    it('are those of many who write one name at once: one of them, whole', async () => {
      const texts = Array.from({ length: 8 }, (_, i) => `${i}`.repeat(1000));
      await Promise.all(
        texts.map((text) => blobs().put('shared', parts(text.slice(0, 500), text.slice(500)))),
      );
      expect(texts).toContain(await textOf(blobs(), 'shared'));
    });

    it('are listed by folder, and not what is coming in', async () => {
      const listed = async () => {
        const keys: string[] = [];
        for await (const { key, keptAt } of blobs().list('listed/')) {
          expect(Math.abs(keptAt - Date.now())).toBeLessThan(60_000);
          keys.push(key);
        }
        return keys.sort();
      };
      expect(await listed()).toEqual([]);
      for (const key of ['listed/a', 'listed/b', 'listed/deeper/c', 'elsewhere/d']) {
        await blobs().put(key, parts(key));
      }
      async function* slow() {
        yield* parts('half ');
        await blobs().dropUnfinished(Date.now() - 60_000);
        expect(await listed()).toEqual(['listed/a', 'listed/b']);
        yield* parts('whole');
      }
      await blobs().put('listed/slow', slow());
      expect(await textOf(blobs(), 'listed/slow')).toBe('half whole');
      expect(await listed()).toEqual(['listed/a', 'listed/b', 'listed/slow']);
    });

    it.each(['../out', 'a/../../out', '/etc/passwd', '.hidden', 'a//b', 'a/', '', 'a\\..\\b', 'a\0'])(
      'are under keys, which %j is none of',
      async (key) => {
        await expect(blobs().put(key, parts('x'))).rejects.toThrow('not a key');
        await expect(blobs().get(key)).rejects.toThrow('not a key');
        await expect(blobs().remove(key)).rejects.toThrow('not a key');
      },
    );
  });
}
