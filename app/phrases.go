package app

import (
	"fmt"
	"strconv"
	"strings"

	"convlens/nn/wire"
)

// Words that are the same in every language.
const (
	textName    = "Convlens"
	textLoss    = "loss"
	textAcc     = "acc"
	textValAcc  = "val_acc"
	textNoValue = "–"
)

// count writes n with its thousands apart: 60,000.
func (w *words) count(n int) string { return formatCount(n, w.Thousands) }

// action is the word on an action's button.
func (w *words) action(a action) string {
	return map[action]string{
		actTrain: w.Train, actPause: w.Pause, actResume: w.Resume, actStop: w.Stop, actReset: w.Reset,
	}[a]
}

// Settings.

// unset is what a setting left empty means.
func (w *words) unset(key string) string {
	return map[string]string{"limit": w.AllImages, "workers": w.WorkerPerCore}[key]
}

func (w *words) wholeNumber(low, high uint64) string {
	if high == 1<<64-1 {
		return fmt.Sprintf(w.NumberFrom, low)
	}
	return fmt.Sprintf(w.NumberFromTo, w.count(int(low)), w.count(int(high)))
}

func (w *words) oneOf(values []string) string {
	return fmt.Sprintf(w.ExpectedOneOf, strings.Join(values, ", "))
}

func (w *words) badData(name string, known []string, used string) string {
	if len(known) == 0 {
		return fmt.Sprintf(w.NoDataset, name)
	}
	return fmt.Sprintf(w.BadData, name, strings.Join(known, w.And), used)
}

func (w *words) badSetting(key, value, expected, used string) string {
	if used == "" {
		used = w.TheDefault
	}
	return fmt.Sprintf(w.BadSetting, key, value, expected, used)
}

// epochs is a number of them.
func (w *words) epochs(n int) string { return w.fill(w.EpochCount, n) }

// estimate is about how long so many epochs take, in few words; estimateHere says
// of what machine.
func (w *words) estimate(ms float64, epochs int) string {
	return fmt.Sprintf(w.Setup.Estimate, formatAbout(ms), w.epochs(epochs))
}

func (w *words) estimateHere(ms float64, epochs int) string {
	return fmt.Sprintf(w.Setup.EstimateHere, w.estimate(ms, epochs))
}

func (w *words) settingsSummary(s wire.Settings) string {
	text := fmt.Sprintf(w.SettingsSummary, w.epochs(s.Epochs), s.Batch, s.Seed, optimizerSummary(s.Optimizer))
	if s.Shift > 0 {
		text += " · " + fmt.Sprintf(w.Setup.Shifted, s.Shift)
	}
	if s.Net != wire.Tutorial().Net {
		text += " · " + networkSummary(s.Net)
	}
	return text
}

// optimizerSummary has only names that are the same in every language.
func optimizerSummary(o wire.Optimizer) string {
	text := optimizerName(o.Name) + ", lr " + formatRate(o.LearningRate)
	switch o.Name {
	case "adadelta":
		text += fmt.Sprintf(", rho %s, epsilon %s", formatG(o.Rho), formatG(o.Epsilon))
	case "sgd":
		text += ", momentum " + formatG(o.Momentum)
	case "muon":
		text += fmt.Sprintf(", momentum %s, beta_1 %s, beta_2 %s, epsilon %s", formatG(o.Momentum), formatG(o.Beta1), formatG(o.Beta2), formatG(o.Epsilon))
	case "adam":
		text += fmt.Sprintf(", beta_1 %s, beta_2 %s, epsilon %s", formatG(o.Beta1), formatG(o.Beta2), formatG(o.Epsilon))
	}
	if o.OneCycle {
		text += ", one-cycle"
	}
	return text
}

// optimizerName is an optimiser's name for people, the same in every language.
func optimizerName(name string) string {
	switch name {
	case "adadelta":
		return "Adadelta"
	case "sgd":
		return "SGD"
	case "adam":
		return "Adam"
	case "muon":
		return "Muon"
	}
	return name
}

// networkSummary has only names that are the same in every language.
func networkSummary(n wire.Architecture) string {
	return fmt.Sprintf("conv %[1]d, %[2]d @ %[3]d×%[3]d, pool %[4]d, dense %[5]d, dropout %[6]s, %[7]s",
		n.Filters1, n.Filters2, n.Kernel, n.Pool, n.Units, formatG(n.Dropout1), formatG(n.Dropout2))
}

// Run.

func (w *words) seen(p wire.Progress, samples int) string {
	if samples == 0 {
		return textNoValue
	}
	return w.count(p.Seen) + " / " + w.count(samples)
}

func (w *words) epoch(epoch, epochs int) string { return fmt.Sprintf(w.Epoch, epoch, epochs) }

func (w *words) left(ms float64) string { return fmt.Sprintf(w.Left, formatSeconds(ms)) }

func (w *words) took(ms float64) string { return fmt.Sprintf(w.Took, formatSeconds(ms)) }

func (w *words) validating(seen, n int) string {
	return fmt.Sprintf(w.Validating, w.count(seen), w.count(n))
}

// Faults.

// workerGone says what is left of a run of so many steps.
func (w *words) workerGone(f wire.Failed, kept *wire.Checkpoint, steps int) string {
	text := fmt.Sprintf(w.WorkerGone, sentence(f.Detail)) + " "
	switch {
	case kept != nil:
		return text + fmt.Sprintf(w.KeptNetwork, w.count(kept.Step))
	case steps > 0:
		return text + w.fill(w.LostNetwork, w.count(steps))
	}
	return text + w.NothingLost
}

func (w *words) commandFailed(f wire.Failed) string {
	return fmt.Sprintf(w.Refused, f.Doing, sentence(f.Detail))
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

// loadFailed says what happened, why, and what was kept.
func (w *words) loadFailed(f wire.LoadFailed, title string, kept bool) string {
	text := fmt.Sprintf(map[wire.LoadFault]string{
		wire.Missing:   w.LoadMissing,
		wire.Network:   w.LoadNetwork,
		wire.Truncated: w.LoadTruncated,
		wire.Corrupt:   w.LoadCorrupt,
		wire.Invalid:   w.LoadInvalid,
	}[f.Kind], title)
	if kept {
		return sentences(text, loadDetail(f), w.NothingChanged)
	}
	return sentences(text, loadDetail(f))
}

// loadDetail is the technical half of that.
func loadDetail(f wire.LoadFailed) string {
	detail := strings.TrimPrefix(f.Detail, f.File+": ")
	if detail == "" {
		return ""
	}
	if f.File != "" {
		detail = f.File + ": " + detail
	}
	return strings.TrimSuffix(detail, ".") + "."
}

// Data.

// source is the name for people of a dataset of the site; MNIST's is a name.
func (w *words) source(s wire.Source) string {
	if s.Name == "digits" {
		return w.GeneratedDigits
	}
	return s.Title
}

func (w *words) useSource(s wire.Source) string {
	title := w.source(s)
	if w == english && s.Name == "digits" {
		title = "generated digits" // a name no longer
	}
	return fmt.Sprintf(w.UseSource, title)
}

func (w *words) loading(l wire.Loading, title string) string {
	switch {
	case l.Phase == "verify":
		return fmt.Sprintf(w.Verifying, l.File, title)
	case l.Phase == "parse":
		return fmt.Sprintf(w.Parsing, l.File, title)
	case l.FromStorage:
		return fmt.Sprintf(w.FetchingStored, title, formatBytes(l.Bytes), formatBytes(l.Total))
	}
	return fmt.Sprintf(w.Fetching, title, formatBytes(l.Bytes), formatBytes(l.Total))
}

func (w *words) of(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(w.Of, w.count(n))
}

// pixel tells a pixel's values, one for each channel, raw and as the network
// sees them.
func (w *words) pixel(row, col int, values []byte) string {
	var raw, unit []string
	for _, v := range values {
		raw, unit = append(raw, strconv.Itoa(int(v))), append(unit, formatFixed(float64(v)/255, 4))
	}
	return fmt.Sprintf(w.Pixel, row, col, strings.Join(raw, ", "), strings.Join(unit, ", "))
}

func (w *words) pixelsName(normalised bool) string {
	if normalised {
		return w.PixelsUnitName
	}
	return w.PixelsRawName
}

func (w *words) perClass(split wire.Split) string {
	if split == wire.TestSplit {
		return w.TestPerClass
	}
	return w.TrainPerClass
}

// Pictures.

func (w *words) kernelName(k kernelChoice) string {
	return fmt.Sprintf(w.KernelName, k.Layer, k.Filter, k.Channel)
}

// moment says how far a network has been trained.
func (w *words) moment(step int) string {
	if step > 0 {
		return fmt.Sprintf(w.AfterStep, w.count(step))
	}
	return w.Untrained
}

// kernelsCaption says what one sees of weights (Out,In,H,W) after a number of
// training steps.
func (w *words) kernelsCaption(shape []int, step int) string {
	when := w.moment(step)
	if shape[1] == 1 {
		return w.fill(w.KernelsCaptionOne, shape[0], shape[2], shape[3], when)
	}
	return w.fill(w.KernelsCaption, shape[0], shape[1], shape[2], shape[3], when)
}

func (w *words) mapsCaption(layer string, t wire.Tensor, index int) string {
	n := w.count(t.Shape[0])
	if len(t.Shape) == 3 {
		return w.fill(w.MapsCaption, n, t.Shape[1], t.Shape[2], layer, w.count(index))
	}
	return w.fill(w.UnitsCaption, n, layer, w.count(index))
}

func (w *words) filterChannel(k kernelChoice) string {
	return fmt.Sprintf(w.FilterChannel, k.Filter, k.Channel)
}

func (w *words) scaleOf(k kernelChoice, perFilter bool) string {
	if perFilter {
		return fmt.Sprintf(w.ScaleOfFilter, k.Filter)
	}
	return fmt.Sprintf(w.ScaleOfLayer, k.Layer)
}

// stageType is a layer's type in a word that fits the strip.
func stageType(l wire.LayerInfo) string {
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

// layerType is a layer's type, and the function where there is one.
func layerType(l wire.LayerInfo) string {
	if f := activation(l); f != "" && f != "linear" {
		return l.Type + " (" + f + ")"
	}
	return l.Type
}

// activation returns the name of the function in a layer's config, or "".
func activation(l wire.LayerInfo) string {
	return configValue(l, "activation")
}

// mapReadout describes a map by its values.
func (w *words) mapReadout(i int, data []float32) string {
	low, high, sum, zeros := data[0], data[0], 0.0, 0
	for _, x := range data {
		low, high, sum = min(low, x), max(high, x), sum+float64(x)
		if x == 0 {
			zeros++
		}
	}
	n := float64(len(data))
	return fmt.Sprintf(w.Map, i, formatFixed(float64(low), 3), formatFixed(float64(high), 3),
		formatFixed(sum/n, 3), formatFixed(100*float64(zeros)/n, 0))
}

func (w *words) mapPixel(i, row, col int, v float32) string {
	return fmt.Sprintf(w.MapPixel, i, row, col, formatFixed(float64(v), 4))
}

func (w *words) unitReadout(i int, v float32) string {
	return fmt.Sprintf(w.Unit, i, formatFixed(float64(v), 4))
}

// Curves.

func (w *words) curveReadout(step int, raw, smoothed float64) string {
	return fmt.Sprintf(w.CurveReadout, w.count(step), formatFixed(raw, 4), formatFixed(smoothed, 4))
}

// Footer.

// fingerprint names a run by the beginning of its weights' SHA-256, which
// follows whole.
func (w *words) fingerprint(hex string) string {
	return fmt.Sprintf(w.Fingerprint, hex[:min(12, len(hex))], hex)
}

func (w *words) machine(simd bool, run wire.Progress) string {
	kernels := w.PlainKernels
	if simd {
		kernels = w.SIMDKernels
	}
	text := fmt.Sprintf(w.OneWorker, kernels)
	if run.Workers > 1 {
		text = fmt.Sprintf(w.ManyWorkers, kernels, run.Workers)
	}
	if run.ImagesPerS > 0 {
		text += ", " + fmt.Sprintf(w.ImagesPerSecond, w.count(int(run.ImagesPerS+0.5)))
	}
	if run.MemoryBytes > 0 {
		text += ", " + strconv.Itoa((run.MemoryBytes+500_000)/1_000_000) + " MB"
	}
	return text + "."
}

// timing says what a step of so many takes, part by part, in milliseconds.
func (w *words) timing(t wire.Timing, steps int) string {
	ms := func(total float64) string { return formatFixed(total/float64(steps), 1) }
	return fmt.Sprintf(w.Timing,
		ms(t.ForwardMS), ms(t.BackwardMS), ms(t.UpdateMS), ms(t.DealMS), ms(t.SendMS), ms(t.WaitMS))
}

// started says how long the visitor had to wait, in milliseconds.
func (w *words) started(ready, firstStep float64) string {
	s := formatFixed(ready/1000, 1)
	if firstStep > 0 {
		return fmt.Sprintf(w.StartedStep, s, formatFixed(firstStep/1000, 2))
	}
	return fmt.Sprintf(w.StartedReady, s)
}

// expected compares a run's fingerprint with the one that the link told.
func (w *words) expected(same bool, expect string) string {
	if same {
		return w.CameOutSame
	}
	return fmt.Sprintf(w.CameOutOther, expect)
}
