package app

import "testing"

func TestFormat(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{formatCount(0, ","), "0"},
		{formatCount(999, ","), "999"},
		{formatCount(1000, ","), "1,000"},
		{formatCount(600810, ","), "600,810"},
		{formatCount(-1234567, ","), "-1,234,567"},
		{formatFixed(0.98764, 4), "0.9876"},
		{formatFixed(-0.5, 2), "−0.50"},
		{formatFixed(-0.00001, 4), "0.0000"},
		{formatFixed(-2.46e28, 3), "−2.5e28"},
		{formatSigned(0.123, 3), "+0.123"},
		{formatSigned(-0.123, 3), "−0.123"},
		{formatSigned(0.0001, 3), "0.000"},
		{formatSigned(0, 3), "0.000"},
		{formatG(0.95), "0.95"},
		{formatG(1e-7), "1e-7"},
		{formatG(1e-12), "1e-12"},
		{formatRate(1), "1.0"},
		{formatRate(0.00005), "5e-5"},
		{formatRate(0.001), "0.001"},
		{formatDigits(-0.123456, 5), "−0.12346"},
		{formatDigits(-1.23456e-5, 5), "−1.2346e−5"},
		{formatDigits(1e12, 5), "1e12"},
		{formatDigits(1234567, 5), "1.2346e6"},
		{formatDigits(0, 5), "0"},
		{formatEnd(0.15), "0.15"},
		{formatEnd(2), "2"},
		{formatEnd(1.5), "1.5"},
		{formatBytes(11594722), "11.6 MB"},
		{formatSeconds(0), "0 s"},
		{formatSeconds(1), "1 s"},
		{formatSeconds(13400), "14 s"},
		{formatSeconds(60000), "1 min 00 s"},
		{formatSeconds(124100), "2 min 05 s"},
		{formatShape(60000, 1, 28, 28), "(60000, 1, 28, 28)"},
		{formatShape(128), "(128,)"},
		{formatShape(), "()"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, expected %q", c.got, c.want)
		}
	}
}

func TestPixelRuns(t *testing.T) {
	pixels := []byte{0, 0, 7, 255, 254, 0}
	for _, c := range []struct {
		normalised bool
		want       []pixelRun
	}{
		{false, []pixelRun{{"  0   0 ", true}, {"  7\n255 254 ", false}, {"  0\n", true}}},
		{true, []pixelRun{{"  0   0 ", true}, {".03\n1.0 1.0 ", false}, {"  0\n", true}}},
	} {
		got := pixelRuns(pixels, 3, c.normalised)
		if len(got) != len(c.want) {
			t.Errorf("got %v, expected %v", got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("run %d: got %v, expected %v", i, got[i], c.want[i])
			}
		}
	}
}

func TestPixelTextIsThreeWide(t *testing.T) {
	for p := range 256 {
		for _, normalised := range []bool{false, true} {
			if s := pixelText(byte(p), normalised); len(s) != 3 {
				t.Errorf("%d (normalised %v) is %q", p, normalised, s)
			}
		}
	}
}
