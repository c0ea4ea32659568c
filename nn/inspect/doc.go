// Package inspect looks inside a network of package nn: what excites a filter,
// which pixels count, where a number comes from, what a run has been like. It is
// pure Go and knows no page, no clock and no worker; whoever shows the results
// decides when there is time for a step.
//
//	trace.go       Tracer: the products and sums behind a value of a layer
//	update.go      WeightWatch: what a training step did to one weight
//	ascent.go      Ascent: images that excite filters, units or classes
//	blur.go        one of its regularisers
//	saliency.go    InputGradient, Saliency, TimesInput
//	gradcam.go     GradCAM: where a layer finds evidence for a class
//	resize.go      Resize: maps over images, bilinear
//	occlusion.go   Occlusion: what a class loses with parts of the image covered
//	silence.go     Silenced, Ablation: the network without some of its filters
//	magnitudes.go activity.go fault.go
//	               a network's health: distributions, dead filters, NaN
//	pca.go eigen.go
//	               PCA: many outputs of a layer as points in a plane
//	order/         filters by length and by likeness
//	scores/        how good answers are: confusion matrix, F1, calibration
//	unit.go        what a unit is: a channel with its map, or one value
//
// # Beside a run
//
// What runs images through a network with gradients, or with changes on the way,
// does so in a nn.Probe, a copy of the network: the run goes on undisturbed, and
// the copy keeps its weights until its Load. One probe serves everything, one
// use after the other: an Ascent, Occlusion or Ablation has it only during a Step
// and keeps nothing there. Its capacity, the size of a batch, is a matter of
// memory: 32 for the tutorial's network take about 20 MB.
//
// Tracer, WeightWatch and Check read the network in training itself, between two of
// its steps, as views do, and change nothing in it.
//
// # Layouts and numbers
//
// Images and maps come and go in the shown order (C,H,W), kernels (Out,In,H,W);
// see package nn on layouts. Results are float32 and the same bits
// on every platform; everything random comes from a seed.
//
// Wrong shapes and numbers of units or layers are the caller's mistake and panic
// with "inspect: what".
package inspect
