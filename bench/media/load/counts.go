package main

import (
	"bytes"
	"encoding/binary"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/rtp"
)

var stamp = []byte("PARLEYTS")

const (
	soundBytes = 100
	// What the last byte says: a server's own padding and probes are none of these.
	counted   = 0xab
	uncounted = 0xac
)

// counts is what was sent while `on`, and what of that arrived: afterwards, too, for a busy machine is late.
type counts struct {
	on                             atomic.Bool
	packets                        atomic.Int64
	sound, picture, sent, sentPart atomic.Int64
	mu                             sync.Mutex
	delays                         []float64
}

// receive counts one packet; sound carries the time at which it was sent.
func (c *counts) receive(p *rtp.Packet) {
	if len(p.Payload) == 0 {
		return
	}
	last := p.Payload[len(p.Payload)-1]
	if last != counted && last != uncounted {
		return
	}
	if c.on.Load() {
		c.packets.Add(1)
	}
	if last == uncounted {
		return
	}
	if len(p.Payload) != soundBytes || !bytes.Equal(p.Payload[8:16], stamp) {
		c.picture.Add(1)
		return
	}
	c.sound.Add(1)
	d := float64(time.Now().UnixNano()-int64(binary.BigEndian.Uint64(p.Payload))) / 1e6
	c.mu.Lock()
	c.delays = append(c.delays, d)
	c.mu.Unlock()
}

// mark is what the packets of this moment end with.
func (c *counts) mark() (byte, bool) {
	if c.on.Load() {
		return counted, true
	}
	return uncounted, false
}

func sound(mark byte) []byte {
	b := bytes.Repeat([]byte{mark}, soundBytes)
	binary.BigEndian.PutUint64(b, uint64(time.Now().UnixNano()))
	copy(b[8:], stamp)
	return b
}

// picture has the head of a VP8 frame of 640 by 360 and no content.
func picture(size int, key bool, mark byte) []byte {
	b := bytes.Repeat([]byte{mark}, size)
	if key {
		copy(b, []byte{0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01})
	} else {
		b[0] = 0x11
	}
	return b
}
