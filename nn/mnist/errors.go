package mnist

import (
	"fmt"
	"strconv"
)

// A Fault is the kind of thing that is wrong with a file.
type Fault int

const (
	// Truncated: the file ends too early. What is there may be right.
	Truncated Fault = iota + 1
	// Corrupt: the bytes contradict themselves. Fetching the file again may help.
	Corrupt
	// Invalid: the file is whole, but not what was asked for: another format,
	// another type of elements, or not matching the other files.
	Invalid
)

func (f Fault) String() string {
	switch f {
	case Truncated:
		return "truncated"
	case Corrupt:
		return "corrupt"
	case Invalid:
		return "invalid"
	}
	return "Fault(" + strconv.Itoa(int(f)) + ")"
}

// The names that Parse gives to its four files in errors.
const (
	TrainImages = "train-images"
	TrainLabels = "train-labels"
	TestImages  = "test-images"
	TestLabels  = "test-labels"
)

// An Error says what is wrong with the bytes of one file.
type Error struct {
	File  string // which file, as named by the caller; may be empty
	Fault Fault  // for callers that decide what to do next
	Msg   string // found, expected, and where, for people
	Err   error  // what the decompressor said, or nil
}

func (e *Error) Error() string {
	if e.File == "" {
		return e.Msg
	}
	return e.File + ": " + e.Msg
}

func (e *Error) Unwrap() error { return e.Err }

// Errorf returns an Error about file, its message made from format and args.
func Errorf(file string, fault Fault, format string, args ...any) *Error {
	return &Error{File: file, Fault: fault, Msg: fmt.Sprintf(format, args...)}
}

// Count writes n with commas between groups of three digits and the noun in
// singular or plural: "1 image", "60,000 images".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return group(uint64(n)) + " " + noun + "s"
}

// group writes n with commas between groups of three digits.
func group(n uint64) string {
	s := strconv.FormatUint(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
