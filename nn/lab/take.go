package lab

import (
	"encoding/binary"
	"errors"
	"math"

	"convlens/nn"
	"convlens/nn/wire"
)

// take answers TakeNet.
func (l *Lab) take() error {
	if l.model == nil {
		return errors.New("lab: there is no network yet")
	}
	w := l.viewer.watch
	m := &wire.Net{Fingerprint: l.model.Fingerprint(), Split: w.Split, Index: w.Index}
	if l.trainer != nil {
		m.Step = l.trainer.Position().Step
	}
	for _, layer := range l.model.Layers {
		for _, p := range layer.Params() {
			m.Weights = append(m.Weights, array(p))
		}
	}
	if l.data != nil && l.holds(w.Split, w.Index) == nil {
		set := l.set(w.Split)
		m.Label = set.Label(w.Index)
		m.Input = wire.Tensor{Name: "input", Shape: set.Shape().Dims(), Data: make([]float32, set.Shape().Len())}
		nn.Normalize(m.Input.Data, set.Image(w.Index))
		l.model.Activations(m.Input.Data, func(layer nn.Layer, y []float32) {
			out := wire.Tensor{Name: layer.Name(), Shape: layer.OutShape().Dims(), Data: make([]float32, len(y))}
			nn.ExportImage(out.Data, y, layer.OutShape())
			m.Outputs = append(m.Outputs, out)
		})
		m.Probs = m.Outputs[len(m.Outputs)-1].Data
	}
	l.host.Send(m)
	return nil
}

// array is a parameter in full, as nn.Sequential.Fingerprint reads it.
func array(p *nn.Param) wire.Array {
	values := make([]float32, p.Len())
	p.Export(values, p.Value)
	a := wire.Array{Name: p.Layer + "/" + p.Name, Shape: p.Shape, Data: make([]byte, 0, 4*len(values))}
	for _, v := range values {
		a.Data = binary.LittleEndian.AppendUint32(a.Data, math.Float32bits(v))
	}
	return a
}
