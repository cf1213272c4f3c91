// load drives a server that speaks LiveKit's protocol with pion clients and prints one JSON line of
// what it measured: packets forwarded, the server's CPU for them, loss, one-way delay, join time.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/livekit/protocol/logger"
)

// settle is how long after the last one has joined the measuring begins.
const settle = 3 * time.Second

// late is how long after its end what was sent before may still arrive.
const late = time.Second

func fail(format string, about ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", about...)
	os.Exit(1)
}

func main() {
	logger.InitFromConfig(&logger.Config{Level: "fatal"}, "load")
	c := &crowd{stop: make(chan struct{})}
	flag.StringVar(&c.url, "url", "ws://127.0.0.1:7880", "the server")
	flag.StringVar(&c.key, "key", "devkey", "API key")
	flag.StringVar(&c.secret, "secret", "secret", "the key's secret")
	flag.IntVar(&c.fps, "fps", 30, "frames a second")
	flag.IntVar(&c.frame, "frame", 4400, "bytes of a video frame; 0: no video")
	rooms := flag.Int("rooms", 1, "how many rooms")
	pubs := flag.Int("pubs", 1, "publishers per room")
	subs := flag.Int("subs", 4, "subscribers per room")
	dur := flag.Duration("for", 10*time.Second, "how long to measure")
	joins := flag.Int("joins", 0, "afterwards, so many join the first room one after the other and leave")
	churn := flag.Int("churn", 0, "while measuring, so many a minute join and leave")
	pidsArg := flag.String("pids", "", "the server's process ids, with commas")
	flag.Parse()
	var pids []string
	if *pidsArg != "" {
		pids = strings.Split(*pidsArg, ",")
	}

	empty := rss(pids)
	for r := range *rooms {
		for p := range *pubs {
			c.publisher(room(r), r, p)
		}
		for s := range *subs {
			c.join(room(r), fmt.Sprintf("sub%d", s), true)
		}
	}
	time.Sleep(settle)
	before := reading(pids)
	begun := time.Now()
	c.counts.on.Store(true)
	var churned []float64
	var lost int
	if *churn > 0 {
		churned, lost = c.churn(*churn, begun.Add(*dur))
	}
	time.Sleep(time.Until(begun.Add(*dur)))
	c.counts.on.Store(false)
	used := reading(pids).since(before)
	seconds := time.Since(begun).Seconds()
	full := rss(pids)
	time.Sleep(late)
	arrived := c.counts.sound.Load() + c.counts.picture.Load()

	visits := make([]float64, 0, *joins)
	for n := range *joins {
		took, err := c.visit(room(0), fmt.Sprintf("visitor%d", n), 50*time.Millisecond)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			c.failed++
			continue
		}
		visits = append(visits, took)
	}
	c.leave()

	k := &c.counts
	k.mu.Lock()
	defer k.mu.Unlock()
	packets := float64(k.packets.Load())
	server := used.user + used.sys
	line, err := json.Marshal(map[string]any{
		"rooms": *rooms, "pubs": *pubs, "subs": *subs, "fps": c.fps, "frame": c.frame, "seconds": seconds, "cores": cores,
		"packets_per_s": packets / seconds, "delivered": ratio(float64(arrived), float64((k.sent.Load()+k.sentPart.Load())*int64(*subs))),
		"server_cpu": server / seconds, "packets_per_core_s": ratio(packets, server),
		"user_us_per_packet": ratio(used.user*1e6, packets), "sys_us_per_packet": ratio(used.sys*1e6, packets),
		"load_cpu": used.self / seconds, "machine_busy": used.of(used.busy), "others_busy": used.of(used.busy - used.self - server),
		"rss_empty_mb": empty, "rss_mb": full,
		"delay_ms_p50": quantile(k.delays, .5), "delay_ms_p99": quantile(k.delays, .99),
		"join_ms_p50": quantile(c.joins, .5), "join_ms_p95": quantile(c.joins, .95), "failed_joins": c.failed,
		"visit_ms_p50": quantile(visits, .5), "visit_ms_p95": quantile(visits, .95),
		"churned": len(churned), "churn_failed": lost, "churn_ms_p50": quantile(churned, .5),
	})
	if err != nil {
		fail("%v", err)
	}
	fmt.Println(string(line))
}
