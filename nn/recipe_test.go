package nn

import "testing"

// recipes are runs with all that a recipe can have: what the images and the rate
// go through, and each optimiser.
var recipes = map[string]func() Optimizer{
	"adadelta": adadelta,
	"sgd":      func() Optimizer { return NewSGD() },
	"adam":     func() Optimizer { return NewAdam() },
	"muon":     func() Optimizer { return NewMuon() },
}

var recipeOptions = Options{Seed: 5, Batch: 60, Limit: 203, Shift: 2, Cycle: OneCycle{Steps: 8}}

// TestOneAnswerOfRecipes is TestOneAnswer for them.
func TestOneAnswerOfRecipes(t *testing.T) {
	seen := map[string]string{}
	for name, opt := range recipes {
		var want string
		for _, size := range []int{1, 2, 4, 8} {
			tr, c := trainer(t, size, smallData, recipeOptions, opt, small)
			steps(t, tr, 6)
			print := tr.Model().Fingerprint()
			c.finish()
			if size == 1 {
				want = print
			}
			if print != want {
				t.Errorf("%s, %d replicas: the weights %.12s, a single one has %.12s", name, size, print, want)
			}
		}
		for what, change := range map[string]func(*Options){
			"all of it":        func(*Options) {},
			"no shift":         func(o *Options) { o.Shift = 0 },
			"another shift":    func(o *Options) { o.Shift = 1 },
			"no cycle":         func(o *Options) { o.Cycle = OneCycle{} },
			"a shorter cycle":  func(o *Options) { o.Cycle.Steps = 7 },
			"a cycle too late": func(o *Options) { o.Cycle.From = 1 },
		} {
			opts := recipeOptions
			change(&opts)
			tr := single(t, smallData, opts, opt, small)
			steps(t, tr, 6)
			got, run := tr.Model().Fingerprint(), name+" with "+what
			if other, ok := seen[got]; ok {
				t.Errorf("%s ends as %s", run, other)
			}
			seen[got] = run
		}
	}
}

// TestResumeRecipes is TestResume for them: in the first epoch, at its end, and in
// the second.
func TestResumeRecipes(t *testing.T) {
	for name, opt := range recipes {
		whole := single(t, smallData, recipeOptions, opt, small)
		steps(t, whole, 8)
		for _, at := range []int{1, 4, 6} {
			a := single(t, smallData, recipeOptions, opt, small)
			steps(t, a, at)
			b := single(t, smallData, recipeOptions, opt, small)
			if err := b.Restore(a.AppendCheckpoint(nil)); err != nil {
				t.Fatal(err)
			}
			steps(t, b, 8-at)
			if b.Model().Fingerprint() != whole.Model().Fingerprint() || b.Position() != whole.Position() {
				t.Errorf("%s, interrupted after %d steps: position %+v, expected %+v with the same weights", name, at, b.Position(), whole.Position())
			}
		}
	}
}

// TestRecipeFingerprint is TestFingerprint for them.
func TestRecipeFingerprint(t *testing.T) {
	for name, want := range map[string]string{
		"adadelta": "e2b5f084e383f8a89fcd98a35765b2113a905852cb9d875a06601b5929d68f10",
		"sgd":      "4132df992adc92b756eb62d10321d8b0d651f9352e7de468791e01db6ee1282f",
		"adam":     "b350217708c1ee5d0a6ff334523947a384dd1ce71678171bdf80db8ce0e0d0db",
		"muon":     "3cb2d7c182e163ff7a8a64c581c871ec97e4186b78152ac692c69074f5a2745d",
	} {
		tr := single(t, smallData, recipeOptions, recipes[name], small)
		steps(t, tr, 6)
		if got := tr.Model().Fingerprint(); got != want {
			t.Errorf("%s: fingerprint %s, expected %s", name, got, want)
		}
	}
}
