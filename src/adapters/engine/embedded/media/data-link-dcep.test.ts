import { describe, expect, it } from 'vitest';
import { dcepAck, dcepOpen, isDcepAck, openedLabel, PPID, received } from './data-link-dcep.ts';

describe('messages that open data channels', () => {
  it('says its label, and whether it may lose messages', () => {
    const lossy = dcepOpen('_lossy', true);
    expect(openedLabel(lossy)).toBe('_lossy');
    expect(lossy[1]).toBe(0x81);
    const reliable = dcepOpen('schön', false);
    expect(openedLabel(reliable)).toBe('schön');
    expect(reliable[1]).toBe(0);
  });

  it('reads what a browser sends, with a protocol after the label', () => {
    const message = Buffer.concat([dcepOpen('chat', false), Buffer.from('json')]);
    message.writeUInt16BE(4, 10);
    expect(openedLabel(message)).toBe('chat');
  });

  it('takes nothing that is damaged or something else', () => {
    const message = dcepOpen('label', false);
    message.writeUInt16BE(6, 8);
    expect(openedLabel(message)).toBeUndefined();
    expect(openedLabel(Buffer.from([3, 0, 0]))).toBeUndefined();
    expect(openedLabel(Buffer.alloc(0))).toBeUndefined();
    expect(openedLabel(dcepAck())).toBeUndefined();
    expect(isDcepAck(dcepAck())).toBe(true);
    expect(isDcepAck(message)).toBe(false);
  });

  it('tells text from bytes, and what stands for an empty message', () => {
    const message = Buffer.from('a');
    expect(received(message, PPID.text)).toEqual({ payload: message, text: true });
    expect(received(message, PPID.binary)).toEqual({ payload: message, text: false });
    expect(received(message, PPID.textEmpty)).toEqual({ payload: Buffer.alloc(0), text: true });
    expect(received(message, PPID.binaryEmpty)).toEqual({ payload: Buffer.alloc(0), text: false });
    expect(received(message, 52)).toBeUndefined();
  });
});
