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
	// filled is what pictures are full of: a server's own padding and probes are no pictures.
	filled = 0xab
)

// counts is what was sent and what arrived while `on`.
type counts struct {
	on                             atomic.Bool
	sound, picture, sent, sentPart atomic.Int64
	mu                             sync.Mutex
	delays                         []float64
}

// receive counts one packet; sound carries the time at which it was sent.
func (c *counts) receive(p *rtp.Packet) {
	if !c.on.Load() || len(p.Payload) == 0 {
		return
	}
	if len(p.Payload) == soundBytes && bytes.Equal(p.Payload[8:16], stamp) {
		c.sound.Add(1)
		d := float64(time.Now().UnixNano()-int64(binary.BigEndian.Uint64(p.Payload))) / 1e6
		c.mu.Lock()
		c.delays = append(c.delays, d)
		c.mu.Unlock()
	} else if p.Payload[len(p.Payload)-1] == filled {
		c.picture.Add(1)
	}
}

func soundNow() []byte {
	b := make([]byte, soundBytes)
	binary.BigEndian.PutUint64(b, uint64(time.Now().UnixNano()))
	copy(b[8:], stamp)
	return b
}

// picture has the head of a VP8 frame of 640 by 360 and no content.
func picture(size int, key bool) []byte {
	b := bytes.Repeat([]byte{filled}, size)
	if key {
		copy(b, []byte{0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01})
	} else {
		b[0] = 0x11
	}
	return b
}
