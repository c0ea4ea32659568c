package scores

import (
	"cmp"
	"slices"
)

// WorstFirst orders images by their loss, the highest first, of equals the
// first. A loss that is no number is the worst.
func WorstFirst(losses []float32) []int {
	order := make([]int, len(losses))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		switch a, b := losses[i], losses[j]; {
		case a > b:
			return -1
		case a < b:
			return 1
		case a == b:
			return i - j
		default: // NaN comes first in cmp's order
			return cmp.Or(cmp.Compare(a, b), i-j)
		}
	})
	return order
}

// MeanLoss is the mean of losses, NaN without any.
func MeanLoss(losses []float32) float64 {
	sum := 0.0
	for _, x := range losses {
		sum += float64(x)
	}
	return sum / float64(len(losses))
}
