package glyph
import ("testing";"math/rand/v2")
func BenchmarkDraw(b *testing.B){ e:=newEasel(); rng:=rand.New(rand.NewPCG(1,1)); dst:=make([]byte,784); for i:=0;i<b.N;i++{ c:=&classes[i%10]; e.draw(dst,c,c.pick(rng),rng)}}
