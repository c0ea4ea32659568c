package nn

import (
	"errors"
	"sync"
)

// Team returns n connected Exchanges for replicas that run as goroutines of
// this process, and what ends them: a Collect that waits then returns an error.
func Team(n int) (members []Exchange, disband func()) {
	if n < 1 || n > MaxReplicas {
		panic("nn: Team needs 1 to " + itoa(MaxReplicas) + " replicas")
	}
	mail := make([][]*mailbox, n) // [to][from]
	for to := range mail {
		mail[to] = make([]*mailbox, n)
		for from := range mail[to] {
			mail[to][from] = newMailbox()
		}
	}
	for rank := range n {
		members = append(members, &member{mail: mail, rank: rank})
	}
	return members, func() {
		for _, boxes := range mail {
			for _, b := range boxes {
				b.close()
			}
		}
	}
}

var errDisbanded = errors.New("nn: the team is disbanded")

type member struct {
	mail [][]*mailbox
	rank int
}

func (m *member) Rank() int { return m.rank }
func (m *member) Size() int { return len(m.mail) }

func (m *member) Send(to, tag int, x []float32) {
	m.mail[to][m.rank].put(tag, append([]float32(nil), x...))
}

func (m *member) Collect(from, tag int, x []float32) error {
	sent, ok := m.mail[m.rank][from].take(tag)
	if !ok {
		return errDisbanded
	}
	checkLen("Collect", len(sent), len(x))
	copy(x, sent)
	return nil
}

// A mailbox holds what one replica has sent to another, by tag.
type mailbox struct {
	mu    sync.Mutex
	some  sync.Cond
	queue map[int][][]float32
	over  bool
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

// take waits for something with the tag; ok is false if nothing will come.
func (b *mailbox) take(tag int) (x []float32, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.queue[tag]) == 0 && !b.over {
		b.some.Wait()
	}
	if len(b.queue[tag]) == 0 {
		return nil, false
	}
	x = b.queue[tag][0]
	b.queue[tag] = b.queue[tag][1:]
	return x, true
}

func (b *mailbox) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.over = true
	b.some.Broadcast()
}
