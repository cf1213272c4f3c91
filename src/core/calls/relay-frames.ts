/** What goes from one person in a call to another, untouched by the server. */
export type RelayFrame =
  | { type: 'call:ice_candidate'; candidate: unknown }
  | { type: 'call:signal'; description?: unknown; candidate?: unknown };

let lastMs = 0;
let lastText = '';

/** ISO time; candidates come in bursts, so the text of the last millisecond is kept. */
export function isoTime(ms: number): string {
  if (ms !== lastMs) {
    lastMs = ms;
    lastText = new Date(ms).toISOString();
  }
  return lastText;
}

/** The frame as its receiver gets it. Call ids and uids have no character that JSON would escape. */
export function relayText(callId: string, senderId: string, frame: RelayFrame, at: number): string {
  let text = `{"type":"${frame.type}","data":{"callId":"${callId}","senderId":"${senderId}"`;
  if ('description' in frame && frame.description !== undefined) {
    text += `,"description":${JSON.stringify(frame.description)}`;
  }
  if (frame.candidate !== undefined) text += `,"candidate":${JSON.stringify(frame.candidate)}`;
  return `${text},"timestamp":"${isoTime(at)}"}}`;
}
