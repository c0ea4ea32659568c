package wire

// A Blob is bytes that travel beside a message, not in it: the page keeps a
// checkpoint for the worker without looking into its megabytes, which would
// hold up its only thread. Encode leaves a Blob out and Decode leaves it empty;
// whoever moves the message moves it too (see Attachment).
type Blob struct {
	Bytes []byte
	// Held stands for the bytes where they have not become Go's, as on the
	// page: a JavaScript array.
	Held any
}

// Attachment returns the Blob of a message, or nil if its kind has none.
func Attachment(m Message) *Blob {
	switch m := m.(type) {
	case *Checkpoint:
		return &m.Data
	case *Restore:
		return &m.Checkpoint.Data
	case *Open:
		return &m.Handles
	}
	return nil
}

// Copy returns m as the other end gets it: through its binary form, with a copy
// of its attachment. It is for ends that share a process, where the sender uses
// its messages again.
func Copy(m Message) (Message, error) {
	c, err := Decode(Encode(m))
	if err != nil {
		return nil, err
	}
	if blob := Attachment(m); blob != nil {
		*Attachment(c) = Blob{append([]byte(nil), blob.Bytes...), blob.Held}
	}
	return c, nil
}
