package app

import (
	"strings"
	"testing"

	"convlens/nn/wire"
)

// TestLayerSays reads what is said of the tutorial's layers, with the numbers that
// their configuration has, and of the smallest ones.
func TestLayerSays(t *testing.T) {
	config := func(pairs ...string) (c []wire.KeyValue) {
		for i := 0; i < len(pairs); i += 2 {
			c = append(c, wire.KeyValue{Key: pairs[i], Value: pairs[i+1]})
		}
		return c
	}
	model := func(filters, kernel, pool, rate, units string, shapes ...[]int) *wire.Model {
		relu := config("activation", "relu")
		return &wire.Model{InputShape: []int{1, 28, 28}, Layers: []wire.LayerInfo{
			{Type: "Conv2D", OutShape: shapes[0], Config: config("filters", filters, "kernel_size", kernel, "activation", "linear")},
			{Type: "Activation", OutShape: shapes[0], Config: relu},
			{Type: "Conv2D", OutShape: shapes[1], Config: config("filters", filters, "kernel_size", kernel, "activation", "linear")},
			{Type: "MaxPooling2D", OutShape: shapes[2], Config: config("pool_size", pool)},
			{Type: "Dropout", OutShape: shapes[2], Config: config("rate", rate)},
			{Type: "Flatten", OutShape: shapes[3]},
			{Type: "Dense", OutShape: shapes[4], Config: config("units", units, "activation", "linear")},
			{Type: "Activation", OutShape: shapes[4], Config: relu},
			{Type: "Dense", OutShape: []int{10}},
			{Type: "Activation", OutShape: []int{10}, Config: config("activation", "softmax")},
			{Type: "Another", OutShape: []int{10}},
		}}
	}
	tutorial := model("32", "(3, 3)", "(2, 2)", "0.25", "128", []int{32, 26, 26}, []int{32, 24, 24}, []int{32, 12, 12}, []int{4608}, []int{128})
	smallest := model("1", "(1, 1)", "(1, 1)", "0", "1", []int{1, 28, 28}, []int{1, 28, 28}, []int{1, 28, 28}, []int{784}, []int{1})
	for i, want := range [][2]string{
		{"32 kernels of 3 × 3 weights are moved over the image, place by place. Each makes a map: orange", "One kernel of 1 × 1 weight is moved over the image, place by place. It makes a map: orange"},
		{"Whatever is below zero becomes zero. What stays says where a pattern", "Whatever is below zero becomes zero. What stays"},
		{"each of the 32 filters has a kernel for each of the 32 maps before it and adds up what they give: it can", "but the filter has a kernel for the map before it: it can"},
		{"Of every 2 × 2 values only the largest stays.", "Every value stays as it is."},
		{"25% of the values are set to zero at random in every step", "With a rate of 0 it lets all values pass"},
		{"one row of 4,608 values.", "one row of 784 values."},
		{"Each of the 128 units multiplies all 4,608 values by weights", "The unit multiplies all 784 values by weights"},
		{"a unit answers, or it is silent.", "a unit answers, or it is silent."},
		{"One unit for each class, in order.", "One unit for each class, in order."},
		{"The 10 scores become probabilities", "The 10 scores become probabilities"},
	} {
		for k, m := range []*wire.Model{tutorial, smallest} {
			shown := &wire.Model{InputShape: m.InputShape, Layers: m.Layers[:10]}
			if got := english.layerSays(shown, i); !strings.Contains(got, want[k]) || strings.Contains(got, "%!") {
				t.Errorf("layer %d: %q, expected %q in it", i, got, want[k])
			}
		}
	}
	if got := english.layerSays(tutorial, 10); got != "" {
		t.Errorf("of a layer that is unknown: %q", got)
	}
	if got, want := english.trainingSays(128, 60000), "In each step the network answers for 128 images, "; !strings.HasPrefix(got, want) || !strings.HasSuffix(got, " through all 60,000 training images.") {
		t.Errorf("training: %q", got)
	}
	if got := english.trainingSays(128, 1); !strings.HasPrefix(got, "In each step the network answers for 1 image, ") {
		t.Errorf("training on one image: %q", got)
	}
}

// Each layer that is chosen says what it does, and the kernels and training too.
func TestPageExplains(t *testing.T) {
	d := lively(t)
	for i, l := range d.State.Model.Layers {
		d.chooseLayer(l.Name)
		d.Query.Lens = "maps"
		expectText(t, rendered(t, d), "layer-says", d.Words.layerSays(d.State.Model, i))
	}
	root := rendered(t, d)
	if got := text(byID(t, root, "train-says")); !strings.HasPrefix(got, "In each step the network answers for") {
		t.Errorf("section 2 begins with %q", got)
	}
}

// Texts that send the visitor to another tab call it by its name.
func TestLayersNameTabs(t *testing.T) {
	for _, w := range languages {
		for text, tab := range map[string]string{w.Layers.Kernels: w.Maps, w.Layers.Flow: w.Arithmetic.Name} {
			if !strings.Contains(text, tab) {
				t.Errorf("%s: %q doesn't name the tab %q", w.Code, text, tab)
			}
		}
	}
}
