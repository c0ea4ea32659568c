package lab

import (
	"reflect"
	"testing"

	"convlens/nn"
	"convlens/nn/wire"
)

// TestTutorial holds the page's word for the tutorial's recipe against nn's.
func TestTutorial(t *testing.T) {
	s := wire.Tutorial()
	if got := architecture(s.Net); got != nn.TutorialArchitecture() {
		t.Errorf("the network is %+v, nn's %+v", got, nn.TutorialArchitecture())
	}
	o, err := optimizer(s.Optimizer)
	if err != nil {
		t.Fatal(err)
	}
	if want := nn.NewAdadelta(); !reflect.DeepEqual(o, nn.Optimizer(want)) {
		t.Errorf("the optimiser is %+v, nn's %+v", o, want)
	}
}
