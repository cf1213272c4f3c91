package main

import (
	"os"
	"runtime"
	"sort"
	"strconv"
	"strings"
)

// ticks is how often a second the kernel counts for /proc, on every machine of today.
const ticks = 100

// cpu is the user and the system time that the processes have used, in seconds.
func cpu(pids []string) (user, sys float64) {
	for _, pid := range pids {
		b, err := os.ReadFile("/proc/" + pid + "/stat")
		if err != nil {
			fail("no process %s: %v", pid, err)
		}
		// The program's name is in brackets and may hold anything.
		s := string(b)
		f := strings.Fields(s[strings.LastIndex(s, ")")+2:])
		u, _ := strconv.ParseFloat(f[11], 64)
		k, _ := strconv.ParseFloat(f[12], 64)
		user += u / ticks
		sys += k / ticks
	}
	return
}

// rss is what the processes hold in memory together, in MiB.
func rss(pids []string) (mb float64) {
	for _, pid := range pids {
		b, err := os.ReadFile("/proc/" + pid + "/status")
		if err != nil {
			fail("no process %s: %v", pid, err)
		}
		for _, l := range strings.Split(string(b), "\n") {
			if strings.HasPrefix(l, "VmRSS:") {
				v, _ := strconv.ParseFloat(strings.Fields(l)[1], 64)
				mb += v / 1024
			}
		}
	}
	return
}

// machine is how long all cores together have worked and waited, in seconds.
func machine() (busy, idle float64) {
	b, err := os.ReadFile("/proc/stat")
	if err != nil {
		fail("%v", err)
	}
	line, _, _ := strings.Cut(string(b), "\n")
	for i, word := range strings.Fields(line)[1:9] {
		v, _ := strconv.ParseFloat(word, 64)
		if i == 3 || i == 4 {
			idle += v / ticks
		} else {
			busy += v / ticks
		}
	}
	return
}

// use is what was used between two readings.
type use struct{ user, sys, self, busy, idle float64 }

func reading(pids []string) (r use) {
	r.user, r.sys = cpu(pids)
	u, k := cpu([]string{strconv.Itoa(os.Getpid())})
	r.self = u + k
	r.busy, r.idle = machine()
	return
}

func (r use) since(before use) use {
	return use{r.user - before.user, r.sys - before.sys, r.self - before.self, r.busy - before.busy, r.idle - before.idle}
}

// of is the share of the whole machine, all cores, that the time is.
func (r use) of(time float64) float64 { return time / (r.busy + r.idle) }

// cores is how many run at the same time.
var cores = runtime.NumCPU()

// quantile of what was measured; nothing measured is -1, for JSON knows no NaN.
func quantile(v []float64, p float64) float64 {
	if len(v) == 0 {
		return -1
	}
	sort.Float64s(v)
	return v[int(p*float64(len(v)-1))]
}

func ratio(a, b float64) float64 {
	if b == 0 {
		return -1
	}
	return a / b
}
