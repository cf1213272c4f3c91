import { ParticipantInfo, ParticipantUpdate, SignalRequest, SignalResponse } from '@livekit/protocol';
import { describe, expect, it } from 'vitest';
import { decode, encode } from './frames.ts';

const update = (identity: string): SignalResponse['message'] => ({
  case: 'update',
  value: new ParticipantUpdate({ participants: [new ParticipantInfo({ identity })] }),
});
const identityIn = (response: SignalResponse) =>
  response.message.case === 'update' && response.message.value.participants[0]?.identity;

describe('messages for clients', () => {
  it('are in the form that each client speaks', () => {
    const message = update('ann');
    for (let turn = 0; turn < 2; turn++) {
      expect(identityIn(SignalResponse.fromBinary(encode(message, true) as Uint8Array))).toBe('ann');
      expect(identityIn(SignalResponse.fromJsonString(encode(message, false) as string))).toBe('ann');
    }
  });

  it('are encoded once for all that the same goes to', () => {
    const message = update('ann');
    expect(encode(message, true)).toBe(encode(message, true));
    expect(encode(update('ann'), true)).not.toBe(encode(message, true));
  });
});

describe('messages of clients', () => {
  const ping = new SignalRequest({ message: { case: 'ping', value: 7n } });

  it('are read in both forms', () => {
    expect(decode(Buffer.from(ping.toBinary()), true)).toMatchObject({ case: 'ping', value: 7n });
    expect(decode(Buffer.from(ping.toJsonString()), false)).toMatchObject({ case: 'ping', value: 7n });
  });

  it('have no case where they are of a newer protocol, and throw where they are none', () => {
    expect(decode(Buffer.from('{"ofTomorrow": {}}'), false).case).toBeUndefined();
    expect(() => decode(Buffer.from([255, 255, 255]), true)).toThrow();
    expect(() => decode(Buffer.from('{'), false)).toThrow();
  });
});
