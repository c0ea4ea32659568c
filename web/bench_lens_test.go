//go:build e2e

package web

import (
	"fmt"
	"testing"
)

// BenchmarkBrowserLenses trains on the page with each way to look inside open, in
// turn, and prints what is left of the speed with the kernels open, round by round,
// and the longest task on the page's thread.
func BenchmarkBrowserLenses(b *testing.B) {
	url := serveSite(b, Server(distSite(b)))
	lenses := []string{"kernels", "maps", "filters", "arithmetic", "why", "time", "health", "testmap", "evaluation"}
	speeds, shares, longest := map[string][]float64{}, map[string][]float64{}, map[string]int{}
	for range 3 {
		for _, lens := range lenses {
			o := visit(b, fmt.Sprintf("%s?limit=25600&autoplay=1&lens=%s", url, lens))
			speeds[lens] = append(speeds[lens], o.ImagesPerS)
			first := speeds[lenses[0]]
			shares[lens] = append(shares[lens], o.ImagesPerS/first[len(first)-1])
			longest[lens] = max(longest[lens], o.longTask)
		}
	}
	fmt.Println("\nlens        images/s  of kernels  long task ms")
	for _, lens := range lenses {
		fmt.Printf("%-12s %7.0f %11.3f %13d\n", lens, median(speeds[lens]), median(shares[lens]), longest[lens])
	}
}
