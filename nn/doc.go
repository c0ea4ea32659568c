// Package nn is a small convolutional network library: layers, a loss,
// optimisers, and a trainer whose result does not depend on how many replicas
// share the work, nor on the machine they run on.
//
// # The tour
//
// Data goes one way. In the order of the files:
//
//	batch.go       Samples (labelled images) -> a batch of float32 in 0..1
//	model.go       Sequential.Forward -> probabilities; Activations for views
//	conv.go relu.go pool.go dropout.go flatten.go dense.go softmax.go
//	               one layer each, Backward under Forward
//	fuse.go        which of them are done in one pass
//	loss.go        CrossEntropy -> losses and the gradient at the logits
//	model.go       Sequential.BackwardLogits
//	split.go       a batch's shards, spread over replicas by their speed
//	parallel.go    Sequential.Gradients: shards summed in a fixed tree, over replicas
//	replica.go     Replica.Do: one replica's share of a batch, all of the above
//	optimizer.go adadelta.go sgd.go adam.go muon.go
//	               Optimizer.Step
//	orthogonal.go  what Muon makes of a matrix
//	schedule.go    OneCycle.Rate: how much of the learning rate a step has
//	shift.go       training images moved by a few pixels, as they are dealt
//	trainer.go     Trainer.Step: deals a batch to the replicas, batch by batch
//	team.go        replicas as goroutines; wasm/worker has them as Web Workers
//	stopwatch.go   where a step's time goes, by the caller's clock
//	evaluate.go    Evaluation: loss and accuracy on a test set
//	checkpoint.go  AppendCheckpoint, Restore, Fingerprint
//	reader.go      Reader: a copy that answers while the network trains
//	probe.go       Probe: a copy to look inside with; package nn/inspect does
//	random.go      every random number of a run, from its seed
//	recipe.go      Architecture: the tutorial's network, and others of its make
//
// The arithmetic itself is in package nn/kernel; the gradients' matrix products
// reach it through gonum's blas32 (blas.go).
//
// # Layouts
//
// In memory an image lies as (H,W,C), so that vector instructions run across
// channels; a convolution's kernel as (H,W,In,Out), a dense kernel as (H,W,C)
// of its input by units. Everything shown, exported or fingerprinted is in the
// tutorial's order: images (C,H,W), kernels (Out,In,H,W), dense kernels with
// their input flattened in the order C,H,W. Param.Export and Import and
// ExportImage and ImportImage convert, all through the type layout.
//
// # Buffers
//
// Layers allocate when they are built, for the network's capacity, and return
// views of their buffers, valid until their next Forward or Backward; a
// training step allocates nothing. ReLU and Dropout work in place on the buffer
// of the layer before them. Between two steps no buffer holds anything that
// matters, so that Activations or an Evaluation may run there.
//
// # Errors
//
// Layers that do not fit their input, and bytes that are no checkpoint, are
// returned errors. Wrong lengths and shapes in calls are the caller's mistake
// and panic with "nn: what".
package nn
