import type { Page } from 'playwright-core';
import type { TestBrowser } from './browser.ts';
import type { TestServer } from './server.ts';

/** What a hand-written client of contract B or C has on its page for the test to press. */
interface PlainClient {
  /** Calls somebody by video. */
  call(uid: string): Promise<void>;
  /** Takes the call that rings. */
  answer(): Promise<void>;
  hangUp(): Promise<void>;
  callId: string | undefined;
  rings: boolean;
  ended: string | undefined;
}

declare global {
  var client: PlainClient;
}

type Which = 'b' | 'c';

/** Opens an empty page of the server's origin and runs a client in it that knows one contract's document and no SDK. */
export async function openPlain(
  browser: TestBrowser,
  server: TestServer,
  which: Which,
  me: { uid: string; token: string },
): Promise<Page> {
  const page = await browser.open(me.uid);
  // Any page of the server's that has no script of its own.
  await page.goto(`${server.url}/health`);
  await page.evaluate(plainClient, { which, uid: me.uid, token: me.token });
  return page;
}

/** Runs in the page; nothing from outside may be used in it. */
async function plainClient({ which, uid, token }: { which: Which; uid: string; token: string }) {
  /** What the frames carry that this client reads. */
  interface FrameData {
    callId: string;
    senderId: string;
    offer: RTCSessionDescriptionInit;
    answer: RTCSessionDescriptionInit;
    candidate: RTCIceCandidateInit;
    reason?: string;
  }
  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws?token=${token}`);
  let pc: RTCPeerConnection | undefined;
  let offer: RTCSessionDescriptionInit | undefined;
  let peer = '';
  const ours: RTCIceCandidate[] = [];
  const theirs: RTCIceCandidateInit[] = [];

  const rest = async (path: string, body: object) => {
    const response = await fetch(`/api/v1/rtc/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!answer.success) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const send = (type: string, data: object) => socket.send(JSON.stringify({ type, data }));

  /** The one thing in which the two contracts differ: how something is said. */
  const say = {
    b: {
      offer: async (to: string, description: RTCSessionDescriptionInit) => {
        const body = { callerId: uid, calleeIds: [to], type: 'video', offer: description };
        client.callId = (await rest('call', body)).call.id;
      },
      answer: (answer: RTCSessionDescriptionInit) =>
        rest('answer', { callId: client.callId, userId: uid, answer }),
      candidate: (candidate: RTCIceCandidate) => {
        const signal = { type: 'candidate', candidate };
        return rest('signal', { callId: client.callId, fromUserId: uid, toUserId: peer, signal });
      },
      hangUp: () => rest('hangup', { callId: client.callId, userId: uid }),
    },
    c: {
      offer: async (receiverId: string, description: RTCSessionDescriptionInit) =>
        send('call:offer', { receiverId, offer: description, callType: 'video' }),
      answer: async (answer: RTCSessionDescriptionInit) =>
        send('call:answer', { callId: client.callId, receiverId: peer, answer }),
      candidate: async (candidate: RTCIceCandidate) =>
        send('call:ice_candidate', { callId: client.callId, receiverId: peer, candidate }),
      hangUp: async () => send('call:hang_up', { callId: client.callId, receiverId: peer, reason: 'normal' }),
    },
  }[which];

  const open = async () => {
    const response = await fetch('/api/rtc/ice-servers', { headers: { authorization: `Bearer ${token}` } });
    const { data } = await response.json();
    pc = new RTCPeerConnection(data);
    const video = document.createElement('video');
    video.autoplay = true;
    video.dataset.testid = `remote-video-${peer}`;
    document.body.append(video);
    pc.ontrack = ({ streams }) => {
      video.srcObject = streams[0] ?? null;
    };
    pc.onicecandidate = ({ candidate }) => {
      if (candidate) ours.push(candidate);
      flushOurs();
    };
    const own = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    for (const track of own.getTracks()) pc.addTrack(track, own);
    return pc;
  };
  // The caller of contract C learns the call's id with the answer; its candidates wait for it.
  const flushOurs = () => {
    if (client.callId === undefined) return;
    for (const candidate of ours.splice(0)) void say.candidate(candidate);
  };
  const flushTheirs = () => {
    if (!pc?.remoteDescription) return;
    for (const candidate of theirs.splice(0)) void pc.addIceCandidate(candidate);
  };

  const hear: Record<string, (data: FrameData) => Promise<void> | void> = {
    'call:offer': (data) => {
      ({ offer, senderId: peer, callId: client.callId } = data);
      client.rings = true;
    },
    'call:answer': async (data) => {
      client.callId = data.callId;
      await pc?.setRemoteDescription(data.answer);
      flushOurs();
      flushTheirs();
    },
    'call:ice_candidate': (data) => {
      theirs.push(data.candidate);
      flushTheirs();
    },
    'call:hang_up': (data) => {
      client.ended = data.reason ?? 'without a reason';
      pc?.close();
    },
  };
  socket.addEventListener('message', ({ data }) => {
    const frame: { type: string; data: FrameData } = JSON.parse(data);
    void hear[frame.type]?.(frame.data);
  });

  globalThis.client = {
    callId: undefined,
    rings: false,
    ended: undefined,
    async call(to) {
      peer = to;
      const connection = await open();
      await connection.setLocalDescription();
      const { type, sdp } = connection.localDescription as RTCSessionDescription;
      await say.offer(to, { type, sdp });
      flushOurs();
    },
    async answer() {
      const connection = await open();
      await connection.setRemoteDescription(offer as RTCSessionDescriptionInit);
      await connection.setLocalDescription();
      const { type, sdp } = connection.localDescription as RTCSessionDescription;
      await say.answer({ type, sdp });
      flushOurs();
      flushTheirs();
    },
    async hangUp() {
      await say.hangUp();
      client.ended = 'by me';
      pc?.close();
    },
  };
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
}
