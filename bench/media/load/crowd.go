package main

import (
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"

	"github.com/livekit/protocol/auth"
)

const connectWithin = 15 * time.Second

// tries is how often somebody who is to be there asks to come in; each failure is counted and told.
const tries = 3

// crowd is everybody that this generator brings into rooms.
type crowd struct {
	url, key, secret string
	fps, frame       int
	counts           counts
	mu               sync.Mutex
	clients          []*client
	joins            []float64
	failed           int
	stop             chan struct{}
	senders          sync.WaitGroup
}

func room(i int) string { return fmt.Sprintf("load-%d-%d", os.Getpid(), i) }

// enter brings somebody in and says after how many milliseconds they were connected.
func (c *crowd) enter(room, name string, sub bool, onRTP func(*rtp.Packet)) (*client, float64, error) {
	token, err := auth.NewAccessToken(c.key, c.secret).SetIdentity(name).SetName(name).
		AddGrant(&auth.VideoGrant{RoomJoin: true, Room: room}).ToJWT()
	if err != nil {
		return nil, 0, err
	}
	begun := time.Now()
	one, err := dial(c.url, token, sub)
	if err != nil {
		return nil, 0, err
	}
	one.onRTP = onRTP
	go one.run()
	select {
	case <-one.connected:
		return one, time.Since(begun).Seconds() * 1000, nil
	case <-time.After(connectWithin):
		state := one.state()
		one.stop()
		return nil, 0, fmt.Errorf("%s is not connected after %s: %s", name, connectWithin, state)
	}
}

// join brings in somebody who stays.
func (c *crowd) join(room, name string, sub bool) *client {
	one, took, err := c.enter(room, name, sub, c.counts.receive)
	for try := 1; err != nil && try < tries; try++ {
		fmt.Fprintln(os.Stderr, err)
		c.failed++
		one, took, err = c.enter(room, name, sub, c.counts.receive)
	}
	if err != nil {
		fail("%v", err)
	}
	c.mu.Lock()
	c.joins = append(c.joins, took)
	c.clients = append(c.clients, one)
	c.mu.Unlock()
	return one
}

// publisher brings in somebody who sends sound and, with a frame size, a picture.
func (c *crowd) publisher(room string, r, p int) {
	one := c.join(room, fmt.Sprintf("pub%d", p), false)
	audio := track(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus, ClockRate: 48000, Channels: 2}, fmt.Sprintf("a%d-%d", r, p))
	tracks := []*webrtc.TrackLocalStaticSample{audio}
	c.every(20*time.Millisecond, func(_ int) {
		mark, counts := c.counts.mark()
		if audio.WriteSample(media.Sample{Data: sound(mark), Duration: 20 * time.Millisecond}) == nil && counts {
			c.counts.sent.Add(1)
		}
	})
	if c.frame > 0 {
		video := track(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90000}, fmt.Sprintf("v%d-%d", r, p))
		tracks = append(tracks, video)
		parts := int64((c.frame + 1186) / 1187)
		d := time.Second / time.Duration(c.fps)
		c.every(d, func(n int) {
			mark, counts := c.counts.mark()
			if video.WriteSample(media.Sample{Data: picture(c.frame, n%c.fps == 0, mark), Duration: d}) == nil && counts {
				c.counts.sentPart.Add(parts)
			}
		})
	}
	if err := one.publish(tracks...); err != nil {
		fail("%v", err)
	}
}

func track(codec webrtc.RTPCodecCapability, id string) *webrtc.TrackLocalStaticSample {
	t, err := webrtc.NewTrackLocalStaticSample(codec, id, "stream-"+id)
	if err != nil {
		fail("%v", err)
	}
	return t
}

func (c *crowd) every(d time.Duration, send func(n int)) {
	c.senders.Add(1)
	go func() {
		defer c.senders.Done()
		t := time.NewTicker(d)
		defer t.Stop()
		for n := 0; ; n++ {
			select {
			case <-c.stop:
				return
			case <-t.C:
				send(n)
			}
		}
	}()
}

// visit is one who joins, stays a moment and leaves; nothing they get is counted.
func (c *crowd) visit(room, name string, stay time.Duration) (float64, error) {
	one, took, err := c.enter(room, name, true, func(*rtp.Packet) {})
	if err != nil {
		return 0, err
	}
	time.Sleep(stay)
	one.stop()
	return took, nil
}

// churn has so many a minute join and leave until `end`: every second one comes into the first room
// itself, the others into a room beside it. It answers with how long the joins took and how many failed.
func (c *crowd) churn(perMinute int, end time.Time) (joins []float64, failed int) {
	var mu sync.Mutex
	var all sync.WaitGroup
	gap := time.Minute / time.Duration(perMinute)
	for n := 0; time.Now().Before(end); n++ {
		all.Add(1)
		go func() {
			defer all.Done()
			took, err := c.visit([2]string{room(0), room(0) + "-beside"}[n%2], fmt.Sprintf("churn%d", n), time.Second)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
				failed++
			} else {
				joins = append(joins, took)
			}
		}()
		time.Sleep(gap)
	}
	all.Wait()
	return
}

func (c *crowd) leave() {
	close(c.stop)
	c.senders.Wait()
	for _, one := range c.clients {
		one.stop()
	}
}
