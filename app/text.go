package app

import (
	"fmt"
	"strconv"
	"strings"

	"convlens/nn/wire"
)

// Every word that a visitor reads stands in this file, so that it can move
// into a message catalogue.

const (
	textName = "Convlens"
	textLead = "A small convolutional network learns to read handwritten digits, here in this tab. " +
		"Press Train and watch its kernels turn from noise into detectors of edges."

	textData       = "Data"
	textTrain      = "Train"
	textLookInside = "Look inside"

	textPause    = "Pause"
	textResume   = "Resume"
	textStop     = "Stop"
	textReset    = "Reset"
	textRunGroup = "Run"

	textProgressName = "Training progress"
	textThemeDark    = "Dark theme"
	textThemeLight   = "Light theme"

	textLoss    = "loss"
	textAcc     = "acc"
	textValAcc  = "val_acc"
	textNoValue = "–"

	textTryAgain   = "Try again"
	textStartAgain = "Start again"
	textReload     = "Reload"
	textDismiss    = "Dismiss"
	textCopyLink   = "Copy link"
	textCopied     = "Copied. Opening it repeats this run."
	textCopySelf   = "The browser does not let the page copy. This is the link:"

	textSample      = "Sample"
	textPrevious    = "Previous"
	textNext        = "Next"
	textRandom      = "Random"
	textTrainSplit  = "train"
	textTestSplit   = "test"
	textSplitGroup  = "Half of the dataset"
	textSourceGroup = "Source"
	textImageNumber = "Image"
	textVerified    = "verified SHA-256"
	textUnverified  = "not verified"
	textStored      = "kept in this browser"
	textOneHot      = "one-hot"
	textLabel       = "label"
	textPixelsRaw   = "0–255"
	textPixelsUnit  = "0–1"
	textPixelsGroup = "Values shown"
	textNoSource    = "This copy of the site comes without a dataset. Build it again with make site."

	textSettings  = "Settings"
	textOptimizer = "Optimiser"
	textNextReset = "Batch size, seed and training images take effect with Reset."

	textLossTitle = "Loss"
	textAccTitle  = "Accuracy"
	textStep      = "step"
	textChance    = "guessing"

	textIndex       = "Index"
	textLayer       = "Layer"
	textType        = "Type"
	textOutputShape = "Output shape"
	textParameters  = "Parameters"
	textTotal       = "Total"

	textFilter    = "filter"
	textChannel   = "channel"
	textPerFilter = "scale each filter on its own"

	textStages      = "Layers of the network"
	textConfig      = "Config"
	textWeights     = "Weights"
	textNoWeights   = "This layer has no weights: it only rearranges or selects."
	textProbs       = "Answer"
	textNoView      = "The network's inside appears here as soon as the worker has started."
	textFooterLocal = "Everything stays in this tab: the images, the training and the weights. Nothing is sent anywhere."
	textLicence     = "MIT licence"

	textWorkerSilent = "the worker's script could not be loaded or run"
)

var textAction = map[action]string{
	actTrain: textTrain, actPause: textPause, actResume: textResume,
	actStop: textStop, actReset: textReset,
}

// Settings.

// textUnset is what a setting left empty means.
var textUnset = map[string]string{"limit": "all", "workers": "one a core"}

var textSetting = map[string]string{
	"epochs": "Epochs", "batch": "Batch size", "seed": "Seed",
	"limit": "Training images", "workers": "Workers",
}

func textWholeNumber(low, high uint64) string {
	if high == 1<<64-1 {
		return fmt.Sprintf("expected a whole number from %d up", low)
	}
	return fmt.Sprintf("expected a whole number from %d to %d", low, high)
}

func textBadData(name string, known []string, used string) string {
	if len(known) == 0 {
		return fmt.Sprintf("The address asks for data=%s: this site has no dataset.", name)
	}
	return fmt.Sprintf("The address asks for data=%s: this site has %s. Using %s.",
		name, strings.Join(known, " and "), used)
}

func textBadSetting(key, value string, err error, used string) string {
	if used == "" {
		used = "the default"
	}
	return fmt.Sprintf("The address says %s=%s: %v. Using %s.", key, value, err, used)
}

func textBadSplit(value string) string {
	return fmt.Sprintf("The address says split=%s: expected train or test. Using train.", value)
}

func textBadImage(value string) string {
	return fmt.Sprintf("The address says image=%s: expected a whole number from 0 up. Using 0.", value)
}

func textBadExpect(value string) string {
	return fmt.Sprintf("The address says expect=%s: expected the first %d digits of a fingerprint. Expecting nothing.", value, expectLen)
}

func textBadAutoplay(value string) string {
	return fmt.Sprintf("The address says autoplay=%s: expected 0 or 1. Not starting by itself.", value)
}

func textSettingsSummary(s wire.Settings) string {
	epochs := "1 epoch"
	if s.Epochs != 1 {
		epochs = strconv.Itoa(s.Epochs) + " epochs"
	}
	return fmt.Sprintf("%s · batch %d · seed %d · %s", epochs, s.Batch, s.Seed, textOptimizerSummary(s.Optimizer))
}

func textOptimizerSummary(o wire.Optimizer) string {
	switch o.Name {
	case "adadelta":
		return fmt.Sprintf("Adadelta, lr %s, rho %s, epsilon %s", formatRate(o.LearningRate), formatG(o.Rho), formatG(o.Epsilon))
	case "sgd":
		return fmt.Sprintf("SGD, lr %s, momentum %s", formatRate(o.LearningRate), formatG(o.Momentum))
	case "adam":
		return fmt.Sprintf("Adam, lr %s, beta %s and %s, epsilon %s",
			formatRate(o.LearningRate), formatG(o.Beta1), formatG(o.Beta2), formatG(o.Epsilon))
	}
	return o.Name
}

// Run.

func textCount(p wire.Progress, samples int) string {
	if samples == 0 {
		return textNoValue
	}
	return formatCount(p.Seen) + " / " + formatCount(samples)
}

func textEpoch(epoch, epochs int) string { return fmt.Sprintf("Epoch %d/%d", epoch, epochs) }

func textLeft(ms float64) string { return formatSeconds(ms) + " left" }

func textTook(ms float64) string { return "done in " + formatSeconds(ms) }

func textValidating(seen, n int) string {
	return "validating " + formatCount(seen) + " / " + formatCount(n)
}

const (
	textReady       = "ready"
	textStarting    = "starting"
	textWaitingData = "waiting for the data"
	textWillStart   = "starts when the data is here"
	textTraining    = "training"
	textPaused      = "paused"
	textStopped     = "stopped, the network is kept"
	textDead        = "the worker has stopped"
)

// Faults.

func textWorkerExited(code int) string {
	return fmt.Sprintf("the worker's program ended (code %d)", code)
}

// textWorkerGone says what is left of a run of so many steps.
func textWorkerGone(f wire.Failed, kept *wire.Checkpoint, steps int) string {
	text := "The training worker has stopped. " + sentence(f.Detail)
	switch {
	case kept != nil:
		return text + fmt.Sprintf(" The network as it was after step %s is kept.", formatCount(kept.Step))
	case steps > 0:
		return text + fmt.Sprintf(" What the network learnt in %s steps is lost.", formatCount(steps))
	}
	return text + " No training was lost."
}

func textCommandFailed(f wire.Failed) string {
	return f.Doing + " was refused. " + sentence(f.Detail)
}

// sentence makes an error's text a sentence: without the package's name that
// Go's errors begin with, with a capital and a full stop.
func sentence(detail string) string {
	for _, name := range [...]string{"lab: ", "wire: ", "nn: ", "panic: "} {
		detail = strings.TrimPrefix(detail, name)
	}
	detail = strings.TrimSuffix(detail, ".")
	if detail == "" {
		return ""
	}
	return strings.ToUpper(detail[:1]) + detail[1:] + "."
}

const textStale = "This site was renewed while the page was open, and the page and its worker no longer " +
	"belong together. Reload to go on with the new version."

// textLoadFailed says what happened, why, and what was kept.
func textLoadFailed(f wire.LoadFailed, title string, kept bool) string {
	text := map[wire.LoadFault]string{
		wire.Missing:   "%s is not on this site.",
		wire.Network:   "%s could not be fetched: the connection failed.",
		wire.Truncated: "%s is incomplete: a file ends too early.",
		wire.Corrupt:   "%s arrived damaged.",
		wire.Invalid:   "%s can't be used: a file is not what it should be.",
	}[f.Kind]
	text = fmt.Sprintf(text, title)
	if detail := strings.TrimPrefix(f.Detail, f.File+": "); detail != "" {
		if f.File != "" {
			detail = f.File + ": " + detail
		}
		text += " " + strings.TrimSuffix(detail, ".") + "."
	}
	if kept {
		text += " Nothing was changed."
	}
	return text
}

func textUseSource(title string) string {
	if title == "Generated digits" {
		return "Use generated digits"
	}
	return "Use " + title
}

func textLoading(l wire.Loading, title string) string {
	switch l.Phase {
	case "verify":
		return fmt.Sprintf("Checking %s of %s", l.File, title)
	case "parse":
		return fmt.Sprintf("Reading %s of %s", l.File, title)
	}
	from := ""
	if l.FromStorage {
		from = ", from this browser's storage"
	}
	return fmt.Sprintf("Fetching %s: %s of %s%s", title, formatBytes(l.Bytes), formatBytes(l.Total), from)
}

func textLoadingName(title string) string { return "Loading " + title }

func textLayersCaption(n int) string { return fmt.Sprintf("The %d layers, from image to answer.", n) }

// Data.

func textOf(n int) string {
	if n == 0 {
		return ""
	}
	return "of " + formatCount(n)
}

const textNoSample = "An image appears here with the data."

func textPixel(row, col int, v byte) string {
	return fmt.Sprintf("row %d, column %d: %d → %s", row, col, v, formatFixed(float64(v)/255, 4))
}

func textSampleCaption(h, w int) string {
	return fmt.Sprintf("%d × %d pixels, 0 is paper, 255 is ink. Point at one to read it.", h, w)
}

func textPixelsName(normalised bool) string {
	if normalised {
		return "The image's values as the network sees them, divided by 255"
	}
	return "The image's values, 0 to 255"
}

func textPerClass(split wire.Split) string {
	if split == wire.TestSplit {
		return "Test images per class"
	}
	return "Training images per class"
}

// Pictures.

func textKernelsName(layer string) string { return "Kernels of " + layer }

func textMapsName(layer string) string { return "Feature maps of " + layer }

func textKernelName(k kernelChoice) string {
	return fmt.Sprintf("Kernel of %s, filter %d, channel %d", k.Layer, k.Filter, k.Channel)
}

// textKernelsCaption says what one sees of weights (Out,In,H,W) after a
// number of training steps.
func textKernelsCaption(shape []int, step int) string {
	when := "untrained: Glorot noise"
	if step > 0 {
		when = "after step " + formatCount(step)
	}
	if shape[1] == 1 {
		return fmt.Sprintf("%d filters of %d × %d weights, %s.", shape[0], shape[2], shape[3], when)
	}
	return fmt.Sprintf("%d filters (rows) × %d input channels (columns), %d × %d weights each, %s.",
		shape[0], shape[1], shape[2], shape[3], when)
}

func textChooseKernel(layer string) string {
	return "Choose a kernel of " + layer + " with the arrow keys"
}

func textChooseMap(layer string) string {
	return "Choose a feature map of " + layer + " with the arrow keys"
}

const textChoosePixel = "Choose a pixel with the arrow keys"

const textNoMaps = "Feature maps appear here as soon as there is an image."

func textMapsCaption(layer string, t wire.Tensor, index int) string {
	n := formatCount(t.Shape[0])
	if len(t.Shape) == 3 {
		return fmt.Sprintf("%s maps of %d × %d from %s for image %s, all on one scale.",
			n, t.Shape[1], t.Shape[2], layer, formatCount(index))
	}
	return fmt.Sprintf("%s values from %s for image %s, row by row.", n, layer, formatCount(index))
}

func textFilterChannel(k kernelChoice) string {
	return fmt.Sprintf("filter %d, channel %d", k.Filter, k.Channel)
}

func textScaleOf(k kernelChoice, perFilter bool) string {
	if perFilter {
		return fmt.Sprintf("Scale of filter %d alone.", k.Filter)
	}
	return "One scale for all of " + k.Layer + "."
}

func textStage(i int, l wire.LayerInfo) string {
	return fmt.Sprintf("%d %s, %s, %s", i, l.Name, l.Type, formatShape(l.OutShape...))
}

// textStageType is a layer's type in a word that fits the strip.
func textStageType(l wire.LayerInfo) string {
	short := map[string]string{
		"Conv2D": "conv", "MaxPooling2D": "pool", "Dropout": "drop", "Flatten": "flat",
	}
	if l.Type == "Activation" {
		return activation(l)
	}
	if word, ok := short[l.Type]; ok {
		return word
	}
	return strings.ToLower(l.Type)
}

// textLayerType is a layer's type, and the function where there is one.
func textLayerType(l wire.LayerInfo) string {
	if f := activation(l); f != "" && f != "linear" {
		return l.Type + " (" + f + ")"
	}
	return l.Type
}

// activation returns the name of the function in a layer's config, or "".
func activation(l wire.LayerInfo) string {
	for _, kv := range l.Config {
		if kv.Key == "activation" {
			return kv.Value
		}
	}
	return ""
}

func textMap(i int, low, mean, high float32) string {
	return fmt.Sprintf("map %d: %s to %s, mean %s", i,
		formatFixed(float64(low), 3), formatFixed(float64(high), 3), formatFixed(float64(mean), 3))
}

func textUnit(i int, v float32) string {
	return fmt.Sprintf("unit %d: %s", i, formatFixed(float64(v), 4))
}

func textProbsCaption(label string) string {
	return "The network's probability for each class; the label is " + label + "."
}

func textPointToRead(what string) string {
	return "Point at a " + what + ", or use the arrow keys, to read it."
}

// Curves.

func textCurveReadout(step int, raw, smoothed float64) string {
	return fmt.Sprintf("step %s: batch %s, smoothed %s", formatCount(step), formatFixed(raw, 4), formatFixed(smoothed, 4))
}

func textValReadout(v float64) string { return "validation " + formatFixed(v, 4) }

func textCurveCaption(loss bool) string {
	if loss {
		return "Cross-entropy of each batch (dots) and its moving average (line); lower is better."
	}
	return "Share of each batch answered right (dots) and its moving average (line)."
}

func textCurveName(title string) string { return title + " by training step" }

func textCurveEmpty() string { return "The curve begins with the first step." }

// Footer.

func textVersion(build string) string { return "Version " + build }

// textFingerprint names a run by the beginning of its weights' SHA-256, which
// follows whole.
func textFingerprint(hex string) string {
	return fmt.Sprintf("Fingerprint %s, from the SHA-256 of the weights: %s", hex[:min(12, len(hex))], hex)
}

func textMachine(simd bool, run wire.Progress) string {
	text := "Trained in a Web Worker"
	if run.Workers > 1 {
		text = fmt.Sprintf("Trained in %d Web Workers", run.Workers)
	}
	text += ", in Go compiled to WebAssembly, with "
	if simd {
		text += "SIMD kernels"
	} else {
		text += "plain Go kernels"
	}
	if run.ImagesPerS > 0 {
		text += fmt.Sprintf(", %s images/s", formatCount(int(run.ImagesPerS+0.5)))
	}
	if run.MemoryBytes > 0 {
		text += fmt.Sprintf(", %d MB", (run.MemoryBytes+500_000)/1_000_000)
	}
	return text + "."
}

// textTiming says what a step of so many takes, part by part, in milliseconds.
func textTiming(t wire.Timing, steps int) string {
	ms := func(total float64) string { return formatFixed(total/float64(steps), 1) }
	return fmt.Sprintf("A step in ms: forward %s, backward %s, optimiser %s, handing out %s, sending %s, waiting %s.",
		ms(t.ForwardMS), ms(t.BackwardMS), ms(t.UpdateMS), ms(t.DealMS), ms(t.SendMS), ms(t.WaitMS))
}

// textStarted says how long the visitor had to wait, in milliseconds.
func textStarted(ready, firstStep float64) string {
	text := fmt.Sprintf("Ready %s s after the page was opened", formatFixed(ready/1000, 1))
	if firstStep > 0 {
		text += fmt.Sprintf(", the first step %s s after Train", formatFixed(firstStep/1000, 2))
	}
	return text + "."
}

// textExpected compares a run's fingerprint with the one that the link told.
func textExpected(same bool, expect string) string {
	if same {
		return "The run came out the same as where the link was made, bit for bit."
	}
	return fmt.Sprintf("The link was made of a run with the fingerprint %s: something was different there, the settings, the data or the version.", expect)
}
