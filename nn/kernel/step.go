package kernel

import "math"

// One pass over the parameters per training step: each function updates the
// weights w and the optimiser's moments in place from the gradient g. Moments are
// kept as Fade leaves them.

// tiny is far below what an update notices, and far above the smallest numbers
// (2^-126) that processors handle at full speed.
const tiny = 0x1p-80

// Fade is (x + tiny) - tiny: the same number, rounded to a multiple of 2^-103 if
// it is tiny. A moment that gets no gradients any more, as behind a dead unit,
// shrinks with each step. It would soon be subnormal and stay so, and arithmetic
// on subnormal numbers takes some hundred times as long.
func Fade(x float32) float32 { return float32(x+tiny) - tiny }

// fades is Fade of four, with tiny in all lanes.
func fades(x, tiny vec) vec { return x.Add(tiny).Sub(tiny) }

// Adadelta is Zeiler, "ADADELTA: An Adaptive Learning Rate Method" (2012),
// with a learning rate:
//
//	eg = rho eg + (1-rho) g²      d = sqrt(ed+eps) / sqrt(eg+eps) g
//	ed = rho ed + (1-rho) d²      w -= lr d
func Adadelta(w, g, eg, ed []float32, lr, rho, eps float32) {
	n := len(w)
	need(g, n, "g")
	need(eg, n, "eg")
	need(ed, n, "ed")
	rest := 1 - rho
	i := 0
	{
		lr, rho, eps, rest, tiny := splat(lr), splat(rho), splat(eps), splat(rest), splat(tiny)
		for ; i+4 <= n; i += 4 {
			pw, pg, pe, pd := at(base(w), i), at(base(g), i), at(base(eg), i), at(base(ed), i)
			gv, dv := load(pg), load(pd)
			ev := fades(rho.Mul(load(pe)).Add(rest.Mul(gv.Mul(gv))), tiny)
			d := dv.Add(eps).Sqrt().Div(ev.Add(eps).Sqrt()).Mul(gv)
			store(pe, ev)
			store(pd, fades(rho.Mul(dv).Add(rest.Mul(d.Mul(d))), tiny))
			store(pw, load(pw).Sub(lr.Mul(d)))
		}
	}
	for ; i < n; i++ {
		gv := g[i]
		eg[i] = Fade(float32(rho*eg[i]) + float32(rest*float32(gv*gv)))
		d := float32(Sqrt(ed[i]+eps) / Sqrt(eg[i]+eps) * gv)
		ed[i] = Fade(float32(rho*ed[i]) + float32(rest*float32(d*d)))
		w[i] -= float32(lr * d)
	}
}

// Momentum is gradient descent with momentum: v = mu v - lr g; w += v.
func Momentum(w, g, v []float32, lr, mu float32) {
	n := len(w)
	need(g, n, "g")
	need(v, n, "v")
	i := 0
	{
		lr, mu, tiny := splat(lr), splat(mu), splat(tiny)
		for ; i+4 <= n; i += 4 {
			pw, pv := at(base(w), i), at(base(v), i)
			step := fades(mu.Mul(load(pv)).Sub(lr.Mul(load(at(base(g), i)))), tiny)
			store(pv, step)
			store(pw, load(pw).Add(step))
		}
	}
	for ; i < n; i++ {
		v[i] = Fade(float32(mu*v[i]) - float32(lr*g[i]))
		w[i] += v[i]
	}
}

// Adam is Kingma and Ba, "Adam: A Method for Stochastic Optimization" (2015),
// in the form of its section 2 that folds both bias corrections into lr (as
// Keras does):
//
//	m = b1 m + (1-b1) g      v = b2 v + (1-b2) g²      w -= lr m / (sqrt(v) + eps)
func Adam(w, g, m, v []float32, lr, b1, b2, eps float32) {
	n := len(w)
	need(g, n, "g")
	need(m, n, "m")
	need(v, n, "v")
	r1, r2 := 1-b1, 1-b2
	i := 0
	{
		lr, b1, b2, eps, r1, r2, tiny := splat(lr), splat(b1), splat(b2), splat(eps), splat(r1), splat(r2), splat(tiny)
		for ; i+4 <= n; i += 4 {
			pw, pm, pv := at(base(w), i), at(base(m), i), at(base(v), i)
			gv := load(at(base(g), i))
			mv := fades(b1.Mul(load(pm)).Add(r1.Mul(gv)), tiny)
			vv := fades(b2.Mul(load(pv)).Add(r2.Mul(gv.Mul(gv))), tiny)
			store(pm, mv)
			store(pv, vv)
			store(pw, load(pw).Sub(lr.Mul(mv).Div(vv.Sqrt().Add(eps))))
		}
	}
	for ; i < n; i++ {
		gv := g[i]
		m[i] = Fade(float32(b1*m[i]) + float32(r1*gv))
		v[i] = Fade(float32(b2*v[i]) + float32(r2*float32(gv*gv)))
		w[i] -= float32(lr*m[i]) / (Sqrt(v[i]) + eps)
	}
}

// Sqrt is the correctly rounded float32 square root: taking it in float64 and
// rounding again is exact because float64 has more than twice the digits.
func Sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }
