package wire

import "fmt"

// A Plan is what an Architecture comes to for images of a shape: the layers'
// shapes, parameters and work, without a network being made. The page explains
// with it what is typed, and the worker refuses what doesn't fit.
type Plan struct {
	Layers       []PlannedLayer
	Params       int
	MultiplyAdds int // for an image on its way forward

	perImage, fixed int // bytes in memory; see Bytes
}

// PlannedLayer is a row of a Plan.
type PlannedLayer struct {
	Name         string
	Out          []int // (C,H,W) or (units)
	Params       int
	MultiplyAdds int
}

// A Misfit is the error of windows that are larger than what a layer gets.
type Misfit struct {
	Layer string
	Size  int   // of its windows, each way
	In    []int // what it gets, (C,H,W)

	// The largest that would do with everything else as it is; 0 if none would.
	Kernel, Pool int
}

func (m *Misfit) Error() string {
	text := fmt.Sprintf("wire: %s has windows of %[2]dx%[2]d and gets %[3]dx%[4]d pixels", m.Layer, m.Size, m.In[1], m.In[2])
	if m.Kernel > 0 {
		text += fmt.Sprintf("; kernels of up to %[1]dx%[1]d would fit", m.Kernel)
	}
	if m.Pool > 0 {
		text += fmt.Sprintf("; a pool of up to %[1]dx%[1]d would fit", m.Pool)
	}
	return text
}

// TooLarge is the error of a run that would take more memory than MaxBytes.
type TooLarge struct {
	Bytes int
	Batch int // the largest that would do; 0 if the network alone is too large
}

func (e *TooLarge) Error() string {
	text := fmt.Sprintf("wire: the run would take %d MB of memory, expected at most %d", e.Bytes/1_000_000, MaxBytes/1_000_000)
	if e.Batch > 0 {
		text += fmt.Sprintf("; batches of up to %d would fit", e.Batch)
	}
	return text
}

// Plan plans the network of s for images of shape in, (C,H,W). Its errors are
// *Misfit and *TooLarge.
func (s *Settings) Plan(in []int, classes int) (Plan, error) {
	p, err := s.Net.Plan(in, classes)
	if err != nil {
		return p, err
	}
	if b := p.Bytes(s.Batch); b > MaxBytes {
		return p, &TooLarge{Bytes: b, Batch: max(0, (MaxBytes/2-p.fixed)/p.perImage)}
	}
	return p, nil
}

// Plan lays the twelve layers out for images of shape in, (C,H,W). Its error is
// a *Misfit.
func (n Architecture) Plan(in []int, classes int) (Plan, error) {
	var p Plan
	short := min(in[1], in[2])
	// windows slides windows of size over at, (C,H,W).
	windows := func(layer string, at []int, size int) error {
		if size <= min(at[1], at[2]) {
			return nil
		}
		return &Misfit{Layer: layer, Size: size, In: at,
			Kernel: min(max(0, (short-n.Pool)/2+1), MaxKernel), Pool: min(max(0, short-2*(n.Kernel-1)), MaxPool)}
	}
	convolve := func(layer string, at []int, filters int) ([]int, error) {
		if err := windows(layer, at, n.Kernel); err != nil {
			return nil, err
		}
		out := []int{filters, at[1] - n.Kernel + 1, at[2] - n.Kernel + 1}
		patch := at[0] * n.Kernel * n.Kernel
		p.add(layer, out, filters*(patch+1), filters*patch*out[1]*out[2])
		p.fixed += bytesPerValue * 2 * patch * out[1] * out[2] // one image's patches, both ways
		return out, nil
	}
	c1, err := convolve("conv2d_1", in, n.Filters1)
	if err != nil {
		return p, err
	}
	p.add("relu_1", c1, 0, 0)
	c2, err := convolve("conv2d_2", c1, n.Filters2)
	if err != nil {
		return p, err
	}
	p.add("relu_2", c2, 0, 0)
	if err := windows("max_pooling2d_1", c2, n.Pool); err != nil {
		return p, err
	}
	pooled := []int{c2[0], c2[1] / n.Pool, c2[2] / n.Pool}
	p.add("max_pooling2d_1", pooled, 0, 0)
	p.add("dropout_1", pooled, 0, 0)
	flat := volume(pooled)
	p.add("flatten_1", []int{flat}, 0, 0)
	p.add("dense_1", []int{n.Units}, (flat+1)*n.Units, flat*n.Units)
	p.add("relu_3", []int{n.Units}, 0, 0)
	p.add("dropout_2", []int{n.Units}, 0, 0)
	p.add("dense_2", []int{classes}, (n.Units+1)*classes, n.Units*classes)
	p.add("softmax_1", []int{classes}, 0, 0)

	// Outputs of the layers that have buffers, and the gradients at their inputs.
	p.perImage = bytesPerValue * (volume(in) + 2*volume(c1) + 2*volume(c2) + 2*flat + 3*n.Units + 3*classes)
	// Value, gradient, two moments, and once more what of it a checkpoint has; the
	// gradients of convolutions also for each of sixteen shards.
	conv := p.Layers[0].Params + p.Layers[2].Params
	p.fixed += bytesPerValue * (7*p.Params + 16*conv)
	// Muon makes a kernel orthogonal in a copy and four squares of its shorter side.
	side := max(min(n.Filters1, p.Layers[0].Params/n.Filters1), min(n.Filters2, p.Layers[2].Params/n.Filters2))
	p.fixed += bytesPerValue * (conv + 4*side*side)
	return p, nil
}

const bytesPerValue = 4

func (p *Plan) add(layer string, out []int, params, work int) {
	p.Layers = append(p.Layers, PlannedLayer{layer, out, params, work})
	p.Params += params
	p.MultiplyAdds += work
}

// Bytes is about the memory that training in batches of that size takes: that
// of the replica that leads, which has room for a whole batch, and as much again
// for all others, of which two or three processors have few.
func (p *Plan) Bytes(batch int) int { return 2 * (p.fixed + batch*p.perImage) }

func volume(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}
