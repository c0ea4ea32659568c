package nn

import "sync"

// Team returns n connected Exchanges for replicas that run as goroutines of
// this process.
func Team(n int) []Exchange {
	if n < 1 || n > Shards {
		panic("nn: Team needs 1 to " + itoa(Shards) + " replicas")
	}
	mail := make([][]*mailbox, n) // [to][from]
	for to := range mail {
		mail[to] = make([]*mailbox, n)
		for from := range mail[to] {
			mail[to][from] = newMailbox()
		}
	}
	members := make([]Exchange, n)
	for i := range members {
		members[i] = &member{mail: mail, rank: i}
	}
	return members
}

type member struct {
	mail [][]*mailbox
	rank int
}

func (m *member) Rank() int { return m.rank }
func (m *member) Size() int { return len(m.mail) }

func (m *member) Send(tag int, buf []float32, lo, hi int) {
	for to := range m.mail {
		if to != m.rank {
			m.mail[to][m.rank].put(tag, append([]float32(nil), buf[lo:hi]...))
		}
	}
}

func (m *member) Collect(tag int, buf []float32, part func(int) (int, int)) error {
	for from := range m.mail {
		if from != m.rank {
			lo, hi := part(from)
			copy(buf[lo:hi], m.mail[m.rank][from].take(tag))
		}
	}
	return nil
}

// A mailbox holds what one replica has sent to another, by tag.
type mailbox struct {
	mu    sync.Mutex
	some  sync.Cond
	queue map[int][][]float32
}

func newMailbox() *mailbox {
	b := &mailbox{queue: map[int][][]float32{}}
	b.some.L = &b.mu
	return b
}

func (b *mailbox) put(tag int, x []float32) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.queue[tag] = append(b.queue[tag], x)
	b.some.Signal()
}

func (b *mailbox) take(tag int) []float32 {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.queue[tag]) == 0 {
		b.some.Wait()
	}
	x := b.queue[tag][0]
	b.queue[tag] = b.queue[tag][1:]
	return x
}
