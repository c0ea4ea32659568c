package bench

import (
	"convlens/nn"
	"convlens/nn/inspect"
)

// looks times what a look inside costs the worker that leads a run: each time the
// page is shown the network, a few times a second.
func looks(m *nn.Sequential, opt nn.Optimizer, image []float32) []Item {
	steps := inspect.WatchSteps(m, opt)
	tracer := inspect.NewTracer(m)
	floats := 0
	for _, p := range m.Params() {
		floats += p.Len()
	}
	return []Item{
		{Group: "look", Name: "an image through all layers", Run: func() { tracer.Look(image) }},
		{Group: "look", Name: "weights and their moments noted", Bytes: 2 * 3 * 4 * floats, Run: func() { steps.Before() }},
		{Group: "look", Name: "weights and gradients counted", Bytes: 2 * 4 * floats, Run: func() {
			for _, p := range m.Params() {
				var values, gradients inspect.Magnitudes
				values.Add(p.Value)
				gradients.Add(p.Grad)
			}
		}},
	}
}
