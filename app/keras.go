package app

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"convlens/nn/wire"
)

// kerasLine writes where an epoch stands as Keras 2.1 does in verbose mode
// (class Progbar of keras/utils/generic_utils.py), to the character:
//
//	31232/60000 [==============>...............] - ETA: 14s - loss: 0.4123 - acc: 0.8712
//	60000/60000 [==============================] - 29s - loss: 0.2881 - acc: 0.9103 - val_loss: 0.0712 - val_acc: 0.9776
//
// While training the time is the estimate to the end of the epoch, otherwise
// the time that the epoch has taken.
func kerasLine(p wire.Progress) string {
	var b strings.Builder
	digits := len(strconv.Itoa(p.Samples))
	fmt.Fprintf(&b, "%*d/%d %s", digits, p.Seen, p.Samples, kerasBar(p.Seen, p.Samples))
	if p.Seen == 0 {
		return b.String()
	}
	if p.State == wire.Training && p.Seen < p.Samples {
		eta := p.ElapsedMS / float64(p.Seen) * float64(p.Samples-p.Seen)
		b.WriteString(" - ETA: " + kerasETA(int(eta/1000)))
	} else {
		fmt.Fprintf(&b, " - %ds", int(p.ElapsedMS/1000))
	}
	b.WriteString(" - loss: " + kerasNumber(p.Loss) + " - acc: " + kerasNumber(p.Acc))
	if p.Validated {
		b.WriteString(" - val_loss: " + kerasNumber(p.ValLoss) + " - val_acc: " + kerasNumber(p.ValAcc))
	}
	return b.String()
}

// kerasBar is Keras' bar, 30 characters between brackets.
func kerasBar(seen, samples int) string {
	const width = 30
	filled := 0
	if samples > 0 {
		filled = width * min(seen, samples) / samples
	}
	head := ""
	if filled > 0 {
		head = strings.Repeat("=", filled-1)
		if seen < samples {
			head += ">"
		} else {
			head += "="
		}
	}
	return "[" + head + strings.Repeat(".", width-filled) + "]"
}

func kerasETA(s int) string {
	switch {
	case s > 3600:
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s%3600/60, s%60)
	case s > 60:
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("%ds", s)
}

// kerasNumber has four decimals, or an exponent when those would be lost.
func kerasNumber(v float64) string {
	if math.Abs(v) > 1e-3 {
		return strconv.FormatFloat(v, 'f', 4, 64)
	}
	return strconv.FormatFloat(v, 'e', 4, 64)
}
