/** SDP fragments of trickle ICE (RFC 8840), as WHIP's PATCH carries them. */

export interface IceCredentials {
  readonly ufrag: string;
  readonly pwd: string;
}

/** The credentials that a fragment (or a description) names first. */
export function credentialsIn(text: string): IceCredentials | undefined {
  const ufrag = /^a=ice-ufrag:(\S+)/m.exec(text)?.[1];
  const pwd = /^a=ice-pwd:(\S+)/m.exec(text)?.[1];
  return ufrag !== undefined && pwd !== undefined ? { ufrag, pwd } : undefined;
}

/** The offer of before with new credentials: what a client that restarts ICE would offer. */
export function withCredentials(sdp: string, { ufrag, pwd }: IceCredentials): string {
  return sdp
    .replace(/^a=ice-ufrag:\S+/gm, `a=ice-ufrag:${ufrag}`)
    .replace(/^a=ice-pwd:\S+/gm, `a=ice-pwd:${pwd}`);
}

/** The answer with these candidates too, in the section that carries the bundle. */
export function withCandidates(answer: string, candidates: readonly string[]): string {
  const missing = candidates.filter((candidate) => !answer.includes(candidate));
  if (missing.length === 0) return answer;
  const at = answer.lastIndexOf('a=candidate:');
  const end = answer.indexOf('\n', at) + 1;
  const lines = missing.map((candidate) => `a=${candidate}\r\n`);
  return `${answer.slice(0, end)}${lines.join('')}${answer.slice(end)}`;
}

/** What a restart answers: the server's new credentials and candidates, for the section that carries the bundle. */
export function fragmentOf(answer: string): string {
  const lines = answer.split(/\r?\n/);
  const media = lines.find((line) => line.startsWith('m=')) ?? 'm=audio 9 RTP/AVP 0';
  const mid = lines.find((line) => line.startsWith('a=mid:')) ?? 'a=mid:0';
  const { ufrag, pwd } = credentialsIn(answer) ?? { ufrag: '', pwd: '' };
  const candidates = new Set(lines.filter((line) => line.startsWith('a=candidate:')));
  return [
    'a=ice-lite',
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${pwd}`,
    media,
    mid,
    ...candidates,
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}
