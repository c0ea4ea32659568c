package app

import "convlens/nn/wire"

// kernelChoice names one kernel of one convolution.
type kernelChoice struct {
	Layer           string
	Filter, Channel int
}

// load asks for the dataset of the query.
func (d *desk) load() {
	if wire.IsOwn(d.Query.Data) {
		d.loadOwn()
		return
	}
	for _, s := range d.Sources {
		if s.Name == d.Query.Data {
			d.State.LoadFailed = nil
			d.State.Loading = &wire.Loading{Phase: "fetch", Total: sourceBytes(s)}
			d.touch(topicData, topicRun)
			d.send(&wire.Load{Source: s})
			return
		}
	}
}

func sourceBytes(s wire.Source) int {
	sum := 0
	for _, f := range s.Files {
		sum += f.Bytes
	}
	return sum
}

// use switches to another source.
func (d *desk) use(name string) {
	d.Query.Data, d.Query.Expect = name, ""
	d.tellAddress()
	d.load()
}

// samples returns how many samples a half of the dataset has, or how many
// drawings there are.
func (d *desk) samples(split wire.Split) int {
	switch {
	case d.State.Data == nil:
		return 0
	case split == wire.DrawnSplit && d.Pad.number > 0:
		return 1 + len(d.Pad.Kept)
	case split == wire.DrawnSplit:
		return 0
	case split == wire.TestSplit:
		return d.State.Data.TestN
	}
	return d.State.Data.TrainN
}

// epochSamples is how many samples an epoch of the next run has.
func (d *desk) epochSamples() int {
	n := d.samples(wire.TrainSplit)
	if limit := d.Query.Settings.Limit; limit > 0 {
		n = min(n, limit)
	}
	return n
}

// choose takes an image of the dataset for the data view and for the feature
// maps; an index beyond the ends goes round. The address keeps the last one that
// others have too: no drawing.
func (d *desk) choose(split wire.Split, index int) {
	n := d.samples(split)
	if n == 0 {
		return
	}
	d.Split, d.Index = split, (index%n+n)%n
	d.Pixel = -1
	if d.Split != wire.DrawnSplit && (d.Query.Split != d.Split || d.Query.Image != d.Index) {
		d.Query.Split, d.Query.Image = d.Split, d.Index
		d.tellAddress()
	}
	d.touch(topicSample, topicPixel)
	d.send(&wire.GetSample{Split: d.Split, Index: d.Index})
	d.watch()
}

// chooseLens takes the way to look inside.
func (d *desk) chooseLens(key string) {
	if key != d.Query.Lens {
		d.lookAway() // before the next one asks for something
	}
	d.Query.Lens = key
	d.touch(topicChoice)
	d.tellAddress()
}

// chooseLayer takes the layer whose details and feature maps are shown.
func (d *desk) chooseLayer(name string) {
	if name == d.Layer {
		return
	}
	d.Layer, d.Map, d.MapPixel = name, -1, -1
	if d.Query.Layer != name {
		d.Query.Layer = name
		d.tellAddress()
	}
	d.touch(topicChoice)
	d.watch()
}

// chooseKernel takes the kernel that is shown enlarged.
func (d *desk) chooseKernel(k kernelChoice) {
	if k != d.Kernel {
		d.Kernel = k
		d.touch(topicChoice)
	}
}

// keepLayer moves the choice to a layer that the model has.
func (d *desk) keepLayer() {
	layers := d.State.Model.Layers
	if l, _ := d.State.Layer(d.Layer); l == nil && len(layers) > 0 {
		d.chooseLayer(layers[0].Name)
	}
}

// keepKernel moves the choice to a kernel that the view has: the first of the
// last convolution, whose kernels the page shows largest.
func (d *desk) keepKernel() {
	t := d.State.Kernels(d.Kernel.Layer)
	if t != nil && d.Kernel.Filter < t.Shape[0] && d.Kernel.Channel < t.Shape[1] {
		return
	}
	if ks := d.State.View.Kernels; len(ks) > 0 {
		d.chooseKernel(kernelChoice{Layer: ks[len(ks)-1].Name})
	}
}

// takeRun asks for the network, to keep the run as a file.
func (d *desk) takeRun() {
	if !d.Taking {
		d.Taking = true
		d.touch(topicTake)
		d.send(&wire.TakeNet{})
	}
}

// taken hands the network out that takeRun asked for, once it is there.
func (d *desk) taken() *wire.Net {
	net := d.State.Net
	if net != nil {
		d.State.Net, d.Taking = nil, false
		d.touch(topicTake)
	}
	return net
}
