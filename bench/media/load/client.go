package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/pion/interceptor"
	"github.com/pion/logging"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
	"google.golang.org/protobuf/proto"

	"github.com/livekit/protocol/livekit"
)

// client is a bare client of LiveKit's protocol (v0): two peer connections, protobuf signalling.
type client struct {
	ws        *websocket.Conn
	wl        sync.Mutex
	pub, sub  *webrtc.PeerConnection
	published map[string]chan struct{}
	ml        sync.Mutex
	pend      [2][]webrtc.ICECandidateInit
	connected chan struct{}
	once      sync.Once
	stopped   chan struct{}
	onRTP     func(*rtp.Packet)
}

var api = func() *webrtc.API {
	me := &webrtc.MediaEngine{}
	if err := me.RegisterDefaultCodecs(); err != nil {
		panic(err)
	}
	ir := &interceptor.Registry{}
	// What matters ends in figures; the rest (a server's probes, of no known codec) would fill the terminal.
	silent := &logging.DefaultLoggerFactory{Writer: io.Discard, DefaultLogLevel: logging.LogLevelDisabled}
	if err := webrtc.RegisterDefaultInterceptorsWithOptions(me, ir, webrtc.WithInterceptorLoggerFactory(silent)); err != nil {
		panic(err)
	}
	se := webrtc.SettingEngine{}
	se.LoggerFactory = silent
	se.SetIncludeLoopbackCandidate(true)
	se.SetInterfaceFilter(func(n string) bool { return n == "lo" })
	return webrtc.NewAPI(webrtc.WithMediaEngine(me), webrtc.WithInterceptorRegistry(ir), webrtc.WithSettingEngine(se))
}()

func dial(url, token string, autoSub bool) (*client, error) {
	ws, _, err := websocket.DefaultDialer.Dial(fmt.Sprintf("%s/rtc?protocol=15&auto_subscribe=%t&sdk=go&version=2", url, autoSub),
		http.Header{"Authorization": {"Bearer " + token}})
	if err != nil {
		return nil, err
	}
	c := &client{ws: ws, published: map[string]chan struct{}{}, connected: make(chan struct{}), stopped: make(chan struct{})}
	return c, nil
}

func (c *client) send(m *livekit.SignalRequest) {
	b, _ := proto.Marshal(m)
	c.wl.Lock()
	defer c.wl.Unlock()
	_ = c.ws.WriteMessage(websocket.BinaryMessage, b)
}

func (c *client) newPC(target livekit.SignalTarget, primary bool) *webrtc.PeerConnection {
	pc, err := api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		panic(err)
	}
	pc.OnICECandidate(func(ic *webrtc.ICECandidate) {
		if ic == nil {
			return
		}
		j := ic.ToJSON()
		mid := ""
		if j.SDPMid != nil {
			mid = *j.SDPMid
		}
		c.send(&livekit.SignalRequest{Message: &livekit.SignalRequest_Trickle{Trickle: &livekit.TrickleRequest{
			CandidateInit: fmt.Sprintf(`{"candidate":%q,"sdpMid":%q,"sdpMLineIndex":%d}`, j.Candidate, mid, *j.SDPMLineIndex), Target: target}}})
	})
	pc.OnConnectionStateChange(func(s webrtc.PeerConnectionState) {
		if s == webrtc.PeerConnectionStateConnected && primary {
			c.once.Do(func() { close(c.connected) })
		}
	})
	pc.OnTrack(func(t *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		for {
			p, _, err := t.ReadRTP()
			if err != nil {
				return
			}
			c.onRTP(p)
		}
	})
	return pc
}

func (c *client) run() {
	for {
		_, b, err := c.ws.ReadMessage()
		if err != nil {
			return
		}
		var r livekit.SignalResponse
		if proto.Unmarshal(b, &r) != nil {
			continue
		}
		switch m := r.Message.(type) {
		case *livekit.SignalResponse_Join:
			c.pub = c.newPC(livekit.SignalTarget_PUBLISHER, !m.Join.SubscriberPrimary)
			c.sub = c.newPC(livekit.SignalTarget_SUBSCRIBER, m.Join.SubscriberPrimary)
			go func() {
				t := time.NewTicker(5 * time.Second)
				defer t.Stop()
				for {
					select {
					case <-c.stopped:
						return
					case <-t.C:
						c.send(&livekit.SignalRequest{Message: &livekit.SignalRequest_Ping{Ping: time.Now().UnixMilli()}})
					}
				}
			}()
			if !m.Join.SubscriberPrimary {
				_, _ = c.pub.CreateDataChannel("_reliable", nil)
				c.offer()
			}
		case *livekit.SignalResponse_Offer:
			if err := c.sub.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: m.Offer.Sdp}); err != nil {
				fmt.Fprintln(os.Stderr, "remote offer:", err)
				continue
			}
			c.flush(1, c.sub)
			a, err := c.sub.CreateAnswer(nil)
			if err != nil {
				fmt.Fprintln(os.Stderr, "answer:", err)
				continue
			}
			_ = c.sub.SetLocalDescription(a)
			c.send(&livekit.SignalRequest{Message: &livekit.SignalRequest_Answer{Answer: &livekit.SessionDescription{Type: "answer", Sdp: a.SDP, Id: m.Offer.Id}}})
		case *livekit.SignalResponse_Answer:
			if err := c.pub.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: m.Answer.Sdp}); err != nil {
				fmt.Fprintln(os.Stderr, "remote answer:", err)
			}
			c.flush(0, c.pub)
		case *livekit.SignalResponse_Trickle:
			var ic webrtc.ICECandidateInit
			if json.Unmarshal([]byte(m.Trickle.CandidateInit), &ic) != nil {
				continue
			}
			i, pc := 0, c.pub
			if m.Trickle.Target == livekit.SignalTarget_SUBSCRIBER {
				i, pc = 1, c.sub
			}
			if pc == nil || pc.RemoteDescription() == nil {
				c.pend[i] = append(c.pend[i], ic)
			} else {
				_ = pc.AddICECandidate(ic)
			}
		case *livekit.SignalResponse_TrackPublished:
			c.ml.Lock()
			if ch := c.published[m.TrackPublished.Cid]; ch != nil {
				close(ch)
				delete(c.published, m.TrackPublished.Cid)
			}
			c.ml.Unlock()
		}
	}
}

func (c *client) flush(i int, pc *webrtc.PeerConnection) {
	for _, ic := range c.pend[i] {
		_ = pc.AddICECandidate(ic)
	}
	c.pend[i] = nil
}

func (c *client) offer() {
	o, err := c.pub.CreateOffer(nil)
	if err != nil {
		panic(err)
	}
	_ = c.pub.SetLocalDescription(o)
	c.send(&livekit.SignalRequest{Message: &livekit.SignalRequest_Offer{Offer: &livekit.SessionDescription{Type: "offer", Sdp: o.SDP, Id: 1}}})
}

// publish announces the tracks, waits for each acknowledgement, then negotiates once.
func (c *client) publish(tracks ...*webrtc.TrackLocalStaticSample) error {
	for _, t := range tracks {
		ch := make(chan struct{})
		c.ml.Lock()
		c.published[t.ID()] = ch
		c.ml.Unlock()
		tt, src := livekit.TrackType_AUDIO, livekit.TrackSource_MICROPHONE
		req := &livekit.AddTrackRequest{Cid: t.ID(), Name: t.StreamID()}
		if t.Kind() == webrtc.RTPCodecTypeVideo {
			tt, src = livekit.TrackType_VIDEO, livekit.TrackSource_CAMERA
			req.Width, req.Height = 640, 360
			req.Layers = []*livekit.VideoLayer{{Quality: livekit.VideoQuality_HIGH, Width: 640, Height: 360, Bitrate: 1200000}}
		}
		req.Type, req.Source = tt, src
		c.send(&livekit.SignalRequest{Message: &livekit.SignalRequest_AddTrack{AddTrack: req}})
		select {
		case <-ch:
		case <-time.After(5 * time.Second):
			return fmt.Errorf("track %s was not acknowledged", t.ID())
		}
		s, err := c.pub.AddTransceiverFromTrack(t, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly})
		if err != nil {
			return err
		}
		go func() {
			b := make([]byte, 1500)
			for {
				if _, _, err := s.Sender().Read(b); err != nil {
					return
				}
			}
		}()
	}
	c.offer()
	return nil
}

// state is how far somebody has come, for whoever wonders why they do not come further.
func (c *client) state() string {
	if c.sub == nil {
		return "not joined"
	}
	of := func(pc *webrtc.PeerConnection) string {
		return fmt.Sprintf("signalling %s, ICE %s, connection %s", pc.SignalingState(), pc.ICEConnectionState(), pc.ConnectionState())
	}
	return fmt.Sprintf("publisher %s; subscriber %s", of(c.pub), of(c.sub))
}

func (c *client) stop() {
	close(c.stopped)
	c.send(&livekit.SignalRequest{Message: &livekit.SignalRequest_Leave{Leave: &livekit.LeaveRequest{}}})
	if c.pub != nil {
		_ = c.pub.Close()
		_ = c.sub.Close()
	}
	_ = c.ws.Close()
}
