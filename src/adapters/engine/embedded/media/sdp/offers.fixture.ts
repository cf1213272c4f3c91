/** Offers as clients make them, shortened by codecs that nobody here has. */

const crlf = (text: string) => `${text.trim().split('\n').join('\r\n')}\r\n`;
const sha256 =
  'DE:55:F3:44:36:F3:6D:FF:5E:B8:CE:D0:E3:C8:92:CE:F8:CC:85:75:D9:4B:65:96:DF:A6:4A:CA:F9:87:87:FF';
const feedback = (type: number) => `a=rtcp-fb:${type} goog-remb
a=rtcp-fb:${type} transport-cc
a=rtcp-fb:${type} ccm fir
a=rtcp-fb:${type} nack
a=rtcp-fb:${type} nack pli`;

/** Sound, VP8 in three sizes and data channels. */
export const CHROMIUM = crlf(`
v=0
o=- 4205127337542945993 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1 2
a=extmap-allow-mixed
a=msid-semantic: WMS 27b974ce
m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 110
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:Z65Q
a=ice-pwd:dGg+FP/3EPLOPMacrJ49CtLb
a=ice-options:trickle
a=fingerprint:sha-256 ${sha256}
a=setup:actpass
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=sendonly
a=msid:27b974ce 92d2cef1
a=rtcp-mux
a=rtcp-rsize
a=rtcp-xr:rcvr-rtt=all
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
a=rtpmap:9 G722/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:110 telephone-event/48000
a=ssrc:3349829061 cname:xrGkpK6z9bhAPBbV
a=ssrc:3349829061 msid:27b974ce 92d2cef1
m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 104 107 45 46 98 99 118 119 120
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:Z65Q
a=ice-pwd:dGg+FP/3EPLOPMacrJ49CtLb
a=ice-options:trickle
a=fingerprint:sha-256 ${sha256}
a=setup:actpass
a=mid:1
a=extmap:14 urn:ietf:params:rtp-hdrext:toffset
a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
a=extmap:13 urn:3gpp:video-orientation
a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id
a=sendonly
a=msid:27b974ce 4f9f5549
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:96 VP8/90000
${feedback(96)}
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=rtpmap:102 H264/90000
${feedback(102)}
a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f
a=rtpmap:103 rtx/90000
a=fmtp:103 apt=102
a=rtpmap:104 H264/90000
${feedback(104)}
a=fmtp:104 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42001f
a=rtpmap:107 rtx/90000
a=fmtp:107 apt=104
a=rtpmap:45 AV1/90000
${feedback(45)}
a=rtpmap:46 rtx/90000
a=fmtp:46 apt=45
a=rtpmap:98 VP9/90000
${feedback(98)}
a=fmtp:98 profile-id=0
a=rtpmap:99 rtx/90000
a=fmtp:99 apt=98
a=rtpmap:118 red/90000
a=rtpmap:119 rtx/90000
a=fmtp:119 apt=118
a=rtpmap:120 ulpfec/90000
a=rid:q send
a=rid:h send
a=rid:f send
a=simulcast:send q;h;f
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=ice-ufrag:Z65Q
a=ice-pwd:dGg+FP/3EPLOPMacrJ49CtLb
a=ice-options:trickle
a=fingerprint:sha-256 ${sha256}
a=setup:actpass
a=mid:2
a=sctp-port:5000
a=max-message-size:262144`);

/** The data channels come first, and what is common stands at the top; sizes have rids and SSRCs too. */
export const FIREFOX = crlf(`
v=0
o=mozilla...THIS_IS_SDPARTA-99.0 5190271341 0 IN IP4 0.0.0.0
s=-
t=0 0
a=sendrecv
a=fingerprint:sha-256 ${sha256}
a=group:BUNDLE 0 1
a=ice-options:trickle
a=msid-semantic:WMS *
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=sendrecv
a=ice-pwd:1d6f0c2c1f2a4f0e9b7d3a6c8e5f4b2a
a=ice-ufrag:a6b1c2d3
a=mid:0
a=setup:actpass
a=sctp-port:5000
a=max-message-size:1073741823
m=video 9 UDP/TLS/RTP/SAVPF 120 124 121 125 126 127 97 98
c=IN IP4 0.0.0.0
a=sendonly
a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
a=extmap:4 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
a=extmap:5 urn:ietf:params:rtp-hdrext:toffset
a=extmap:6/recvonly http://www.webrtc.org/experiments/rtp-hdrext/playout-delay
a=extmap:7 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=extmap:8/sendonly urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
a=extmap:9/sendonly urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id
a=fmtp:126 profile-level-id=42e01f;level-asymmetry-allowed=1;packetization-mode=1
a=fmtp:97 profile-level-id=42e01f;level-asymmetry-allowed=1
a=fmtp:120 max-fs=12288;max-fr=60
a=fmtp:124 apt=120
a=fmtp:121 max-fs=12288;max-fr=60
a=fmtp:125 apt=121
a=fmtp:127 apt=126
a=fmtp:98 apt=97
a=ice-pwd:1d6f0c2c1f2a4f0e9b7d3a6c8e5f4b2a
a=ice-ufrag:a6b1c2d3
a=mid:1
a=msid:{b3c8f1a2-0000-4000-8000-000000000001} {b3c8f1a2-0000-4000-8000-000000000002}
a=rid:q send
a=rid:h send
a=rid:f send
a=rtcp-fb:120 nack
a=rtcp-fb:120 nack pli
a=rtcp-fb:120 ccm fir
a=rtcp-fb:120 goog-remb
a=rtcp-fb:120 transport-cc
a=rtcp-fb:126 nack
a=rtcp-fb:126 nack pli
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:120 VP8/90000
a=rtpmap:124 rtx/90000
a=rtpmap:121 VP9/90000
a=rtpmap:125 rtx/90000
a=rtpmap:126 H264/90000
a=rtpmap:127 rtx/90000
a=rtpmap:97 H264/90000
a=rtpmap:98 rtx/90000
a=setup:actpass
a=simulcast:send q;h;f
a=ssrc:1717171717 cname:{b3c8f1a2-0000-4000-8000-000000000003}
a=ssrc:1818181818 cname:{b3c8f1a2-0000-4000-8000-000000000003}
a=ssrc-group:FID 1717171717 1818181818`);

/** H.264 first, of a profile that is not everybody's; one size with its retransmissions. */
export const SAFARI = crlf(`
v=0
o=- 6183429462143846270 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
a=extmap-allow-mixed
a=msid-semantic: WMS 5f0a
m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99 100 101 104 105
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:hJ0x
a=ice-pwd:+1Q8tM2mPZ4y7l0bR9KxNsVf
a=fingerprint:sha-256 ${sha256}
a=setup:actpass
a=mid:0
a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=extmap:4 urn:3gpp:video-orientation
a=extmap:9 urn:ietf:params:rtp-hdrext:sdes:mid
a=sendrecv
a=msid:5f0a 6b1c
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:96 H264/90000
${feedback(96)}
a=fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=640c1f
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=rtpmap:98 H264/90000
${feedback(98)}
a=fmtp:98 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
a=rtpmap:99 rtx/90000
a=fmtp:99 apt=98
a=rtpmap:100 H265/90000
${feedback(100)}
a=rtpmap:101 rtx/90000
a=fmtp:101 apt=100
a=rtpmap:104 VP8/90000
${feedback(104)}
a=rtpmap:105 rtx/90000
a=fmtp:105 apt=104
a=ssrc-group:FID 2525252525 2626262626
a=ssrc:2525252525 cname:lP0aX
a=ssrc:2626262626 cname:lP0aX`);

/** Both SHA-256 at the top and no name for the streams of its sizes but their rids. */
export const PION = crlf(`
v=0
o=- 8201925302384732413 1699999999 IN IP4 0.0.0.0
s=-
t=0 0
a=msid-semantic:WMS *
a=fingerprint:sha-256 ${sha256}
a=extmap-allow-mixed
a=group:BUNDLE 0 1
m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 45 46
c=IN IP4 0.0.0.0
a=setup:actpass
a=mid:0
a=ice-ufrag:KYrTqWzGxNbPcVmD
a=ice-pwd:QwErTyUiOpAsDfGhJkLzXcVbNmQwErTy
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:96 VP8/90000
a=rtcp-fb:96 goog-remb 
a=rtcp-fb:96 ccm fir
a=rtcp-fb:96 nack 
a=rtcp-fb:96 nack pli
a=rtcp-fb:96 transport-cc 
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=rtpmap:102 H264/90000
a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f
a=rtpmap:103 rtx/90000
a=fmtp:103 apt=102
a=rtpmap:45 AV1/90000
a=rtpmap:46 rtx/90000
a=fmtp:46 apt=45
a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
a=extmap:2 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id
a=extmap:5 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=rid:f send
a=rid:h send
a=rid:q send
a=simulcast:send f;h;q
a=msid:camera TR_camera
a=sendonly
m=audio 0 UDP/TLS/RTP/SAVPF 111
c=IN IP4 0.0.0.0
a=setup:actpass
a=mid:1
a=bundle-only
a=ice-ufrag:KYrTqWzGxNbPcVmD
a=ice-pwd:QwErTyUiOpAsDfGhJkLzXcVbNmQwErTy
a=rtcp-mux
a=rtpmap:111 opus/48000/2
a=fmtp:111 minptime=10;useinbandfec=1
a=ssrc:4040404040 cname:mic
a=ssrc:4040404040 msid:mic TR_mic
a=msid:mic TR_mic
a=sendonly`);
