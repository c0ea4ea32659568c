package nn

import (
	"gonum.org/v1/gonum/blas/blas32"

	"convlens/nn/kernel"
)

// Matrix products go through gonum's blas32; this makes our kernels its
// implementation, for the whole program.
func init() { blas32.Use(kernel.BLAS{}) }
