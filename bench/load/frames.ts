/** About as long as a browser's offer of sound and picture. */
const LINES = Array.from(
  { length: 70 },
  (_, i) => `a=rtpmap:${96 + (i % 30)} H264/90000 level-asymmetry-allowed=1;profile-level-id=42e0${i}`,
);
export const SDP = `v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n${LINES.join('\r\n')}\r\n`;

/** A candidate that carries its number, so that what is lost or overtaken shows. */
export const candidate = (number: number) => ({
  candidate: `candidate:${number} 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 10.0.17.34 rport 46154 generation 0 ufrag EEtu network-cost 999`,
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'EEtu',
});

export function numberOf(data: Record<string, unknown>): number {
  const { candidate: text } = data.candidate as { candidate: string };
  return Number(text.slice('candidate:'.length, text.indexOf(' ')));
}
