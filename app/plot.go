package app

import (
	"math"
	"strconv"
)

// A plot places a curve of steps in a picture of W x H CSS pixels, with room
// at the edges for labels.
type plot struct {
	W, H                     int
	Left, Right, Top, Bottom int
	XMax, YMax               float64 // both axes begin at 0
}

func (p plot) innerW() float64 { return float64(p.W - p.Left - p.Right) }
func (p plot) innerH() float64 { return float64(p.H - p.Top - p.Bottom) }

func (p plot) x(step float64) float64 { return float64(p.Left) + step/p.XMax*p.innerW() }
func (p plot) y(v float64) float64 {
	return float64(p.H-p.Bottom) - min(max(v/p.YMax, 0), 1)*p.innerH()
}

// step returns the step at x, between 1 and n.
func (p plot) step(x float64, n int) int {
	s := int(math.Round((x - float64(p.Left)) / p.innerW() * p.XMax))
	return max(min(s, n), 1)
}

// line returns an SVG path through values, one a step from step 1 on, with
// the last value of each pixel column: enough for a curve that is smooth.
func (p plot) line(values []float32) string {
	var b []byte
	cmd, column := byte('M'), math.MinInt
	for i, v := range values {
		if math.IsNaN(float64(v)) {
			continue
		}
		x := p.x(float64(i + 1))
		if c := int(x); c != column || i == len(values)-1 {
			b = appendPoint(b, cmd, x, p.y(float64(v)))
			cmd, column = 'L', c
		}
	}
	return string(b)
}

// dots returns an SVG path with a dot (a line of no length; the style gives
// it round caps) for each value that fits, and at most two for each pixel
// column: its least and its greatest.
func (p plot) dots(values []float32) string {
	var b []byte
	column, low, high := math.MinInt, math.Inf(1), math.Inf(-1)
	flush := func() {
		for _, v := range [...]float64{low, high} {
			if v >= 0 && v <= p.YMax && (v == low || low < high) {
				b = append(appendPoint(b, 'M', float64(column)+0.5, p.y(v)), "h0"...)
			}
			if low == high {
				break
			}
		}
	}
	for i, v := range values {
		if math.IsNaN(float64(v)) {
			continue
		}
		if c := int(p.x(float64(i + 1))); c != column {
			flush()
			column, low, high = c, math.Inf(1), math.Inf(-1)
		}
		low, high = min(low, float64(v)), max(high, float64(v))
	}
	flush()
	return string(b)
}

// appendPoint appends a path command with a place rounded to tenths.
func appendPoint(b []byte, cmd byte, x, y float64) []byte {
	b = append(b, cmd)
	b = appendTenths(b, x)
	b = append(b, ' ')
	return appendTenths(b, y)
}

func appendTenths(b []byte, v float64) []byte {
	return strconv.AppendFloat(b, math.Round(v*10)/10, 'f', -1, 64)
}

// tenths writes a length for an SVG attribute.
func tenths(v float64) string { return string(appendTenths(nil, v)) }

// ticks returns round values from 0 to limit, about n apart from the first:
// multiples of 1, 2 or 5 times a power of ten.
func ticks(limit float64, n int) []float64 {
	if !(limit > 0) {
		return []float64{0}
	}
	unit := math.Pow(10, math.Floor(math.Log10(limit/float64(n))))
	step := unit
	for _, m := range [...]float64{1, 2, 5, 10} {
		if step = m * unit; limit/step <= float64(n)+1e-9 {
			break
		}
	}
	var t []float64
	for i := 0; float64(i)*step <= limit*(1+1e-9); i++ {
		t = append(t, float64(i)*step)
	}
	return t
}

// wholeTicks are ticks of what is counted, that is, whole ones.
func wholeTicks(limit float64, n int) []float64 { return ticks(limit, max(min(n, int(limit)), 1)) }

// apart moves two labels wanted at heights a and b so that they are at least
// line apart and both between low and high.
func apart(a, b, line, low, high float64) (float64, float64) {
	if a > b {
		b, a = apart(b, a, line, low, high)
		return a, b
	}
	if b-a < line {
		middle := (a + b) / 2
		a, b = middle-line/2, middle+line/2
	}
	a = max(a, low)
	b = min(max(b, a+line), high)
	return min(a, b-line), b
}
