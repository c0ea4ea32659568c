package app

import (
	"math"
	"strconv"
	"strings"
)

// go-app prints every float64 with four decimals, so the page turns numbers
// into text itself, here.

// minus is the sign for numbers in running text and figures.
const minus = "\u2212"

// formatCount writes n with a separator between thousands: 60,000.
func formatCount(n int, separator string) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + separator + s[i:]
	}
	return s
}

// formatFixed writes v with the given number of decimals and a true minus
// sign; a value that rounds to zero has none. Numbers of a network that has come
// apart stay short: 2.5e28.
func formatFixed(v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if math.Abs(v) >= 1e6 {
		s = strings.Replace(strconv.FormatFloat(v, 'e', 1, 64), "e+", "e", 1)
	}
	if rest, negative := strings.CutPrefix(s, "-"); negative {
		if strings.Trim(rest, "0.") == "" {
			return rest
		}
		return minus + rest
	}
	return s
}

// formatSigned is formatFixed with a plus sign for positive values.
func formatSigned(v float64, decimals int) string {
	s := formatFixed(v, decimals)
	if v > 0 && strings.Trim(s, "0.") != "" {
		return "+" + s
	}
	return s
}

// formatG writes v as briefly as it can be read back: 0.95, 1e-7.
func formatG(v float64) string {
	s := strconv.FormatFloat(v, 'g', -1, 64)
	return strings.Replace(s, "e-0", "e-", 1)
}

// formatDigits writes v with so many digits that matter, a true minus sign and,
// far from 1, a power of ten: −1.2345e−5.
func formatDigits(v float64, digits int) string {
	s := strconv.FormatFloat(v, 'g', digits, 64)
	return strings.NewReplacer("e-0", "e"+minus, "e+0", "e", "e+", "e", "-", minus).Replace(s)
}

// formatEnd writes the end of a colour scale: niceEnd leaves it with at most
// two digits that matter.
func formatEnd(v float32) string {
	return strconv.FormatFloat(float64(v), 'g', 2, 32)
}

// formatBytes writes a size in MB (10^6 bytes) with one decimal.
func formatBytes(n int) string {
	return strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64) + " MB"
}

// formatSeconds writes a duration given in milliseconds: 14 s, 2 min 05 s.
// It rounds up, so that "0 s" means that it is over.
func formatSeconds(ms float64) string {
	s := int(math.Ceil(ms / 1000))
	if s < 60 {
		return strconv.Itoa(s) + " s"
	}
	return strconv.Itoa(s/60) + " min " + pad2(s%60) + " s"
}

// formatAbout writes a duration that is only about so long: 17 s, 2 min 10 s,
// 25 min, 3.5 h.
func formatAbout(ms float64) string {
	switch s := max(1, math.Round(ms/1000)); {
	case s < 60:
		return strconv.Itoa(int(s)) + " s"
	case s < 600:
		return formatSeconds(1e4 * math.Round(s/10))
	case s < 2*3600:
		return strconv.Itoa(int(math.Round(s/60))) + " min"
	default:
		return strconv.FormatFloat(s/3600, 'f', 1, 64) + " h"
	}
}

func pad2(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// formatShape writes a shape as Python writes a tuple: (60000, 1, 28, 28),
// (128,).
func formatShape(dims ...int) string {
	var b strings.Builder
	b.WriteByte('(')
	for i, d := range dims {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(strconv.Itoa(d))
	}
	if len(dims) == 1 {
		b.WriteByte(',')
	}
	b.WriteByte(')')
	return b.String()
}

// formatRate is formatG with at least one decimal: 1.0, as Keras prints it.
func formatRate(v float64) string {
	s := formatG(v)
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return s
}

// formatGB writes a size of memory in GB (10^9 bytes) with one decimal.
func formatGB(n int) string { return strconv.FormatFloat(float64(n)/1e9, 'f', 1, 64) + " GB" }
