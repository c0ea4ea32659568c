package wire

import (
	"bytes"
	"reflect"
	"testing"
)

// TestAttachment wants exactly the messages with a Blob field to have an
// attachment, one that stays out of the bytes and that Copy copies.
func TestAttachment(t *testing.T) {
	attached := map[string]bool{"Checkpoint": true, "Restore": true, "Open": true}
	for k, kind := range kinds {
		m := filled(k)
		blob := Attachment(m)
		if (blob != nil) != attached[kind.name] {
			t.Errorf("%s: attachment %v", kind.name, blob)
		}
		if blob == nil {
			continue
		}
		without := Encode(m)
		*blob = Blob{Bytes: []byte("heavy"), Held: 7}
		if !bytes.Equal(Encode(m), without) {
			t.Errorf("%s: the attachment is in its bytes", kind.name)
		}
		c, err := Copy(m)
		if err != nil || !reflect.DeepEqual(c, m) {
			t.Errorf("%s was copied as %+v, %v", kind.name, c, err)
		}
		blob.Bytes[0] = 'x'
		if got := Attachment(c).Bytes; string(got) != "heavy" {
			t.Errorf("%s: the copy shares its attachment: %q", kind.name, got)
		}
	}
}
