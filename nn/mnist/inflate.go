package mnist

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// MaxBytes is the largest IDX file that is read, 1 GiB decompressed. MNIST has
// 47 MB, EMNIST's largest file 547 MB.
const MaxBytes = 1 << 30

// MaxRatio bounds what deflate can make of a byte: 258 bytes out of 2 bits.
const MaxRatio = 258 * 8 / 2

// IsGzip reports whether b starts as a gzip file does. No IDX file does.
func IsGzip(b []byte) bool { return len(b) >= 2 && b[0] == 0x1f && b[1] == 0x8b }

// Inflate returns the raw bytes of a file that may be compressed with gzip,
// which it sees by its first two bytes. Raw bytes are returned as they are,
// not copied. Results of more than limit bytes are refused.
//
// A stream that stops too early is Truncated; one with a wrong checksum, with
// impossible codes or with something after its end is Corrupt.
func Inflate(b []byte, limit int) ([]byte, error) {
	return inflate("", b, limit)
}

// Gzip compresses b as far as it goes, always to the same bytes for one version
// of Go: the header carries no name and no time.
func Gzip(b []byte) []byte {
	var buf bytes.Buffer
	w, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		panic(err) // there is such a level
	}
	w.Write(b) // a bytes.Buffer returns no errors
	w.Close()
	return buf.Bytes()
}

func inflate(file string, b []byte, limit int) ([]byte, error) {
	if !IsGzip(b) {
		if len(b) > limit {
			return nil, Errorf(file, Invalid, "has %s, the limit is %s", Count(len(b), "byte"), group(uint64(limit)))
		}
		return b, nil
	}
	src := bytes.NewReader(b)
	z, err := gzip.NewReader(src)
	if err != nil {
		return nil, GzipError(file, err, len(b), 0)
	}
	out := bytes.NewBuffer(make([]byte, 0, sizeHint(b, limit)+bytes.MinRead))
	for {
		z.Multistream(false)
		_, err := out.ReadFrom(io.LimitReader(z, int64(limit)-int64(out.Len())+1))
		if out.Len() > limit {
			return nil, Errorf(file, Invalid, "decompresses to more than the limit of %s", Count(limit, "byte"))
		}
		if err != nil {
			return nil, GzipError(file, err, len(b), out.Len())
		}
		if src.Len() == 0 {
			return out.Bytes(), nil
		}
		// RFC 1952 allows several members one after the other.
		rest := b[len(b)-src.Len():]
		if !IsGzip(rest) {
			return nil, Errorf(file, Corrupt, "gzip data followed by %s of something else", Count(len(rest), "byte"))
		}
		if err := z.Reset(src); err != nil {
			return nil, GzipError(file, err, len(b), out.Len())
		}
	}
}

// Claimed is the length of the bytes in a file that may be compressed with gzip,
// as far as the file itself tells. It may be a lie.
func Claimed(b []byte) int {
	if !IsGzip(b) || len(b) < 4 {
		return len(b)
	}
	return int(binary.LittleEndian.Uint32(b[len(b)-4:]))
}

// sizeHint guesses the decompressed size of the gzip file b from what it claims,
// so that 47 MB needn't be collected in a buffer that keeps doubling. Neither
// limit nor what b can possibly hold is exceeded.
func sizeHint(b []byte, limit int) int {
	return int(min(int64(max(Claimed(b), 0)), int64(limit), int64(len(b))*MaxRatio))
}

// GzipError describes an error of compress/gzip in a file of size bytes, of
// which done bytes were decompressed before it.
func GzipError(file string, err error, size, done int) *Error {
	e := &Error{File: file, Fault: Corrupt, Err: err}
	var damage flate.CorruptInputError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		e.Fault = Truncated
		e.Msg = fmt.Sprintf("the gzip data ends too early, after %s (%s decompressed)", Count(size, "byte"), group(uint64(done)))
	case errors.Is(err, gzip.ErrChecksum):
		e.Msg = fmt.Sprintf("gzip checksum or length doesn't agree with the %s decompressed", Count(done, "byte"))
	case errors.Is(err, gzip.ErrHeader):
		e.Msg = "gzip header is damaged"
	case errors.As(err, &damage):
		e.Msg = fmt.Sprintf("gzip data is damaged at about byte %s of %s", group(uint64(damage)), group(uint64(size)))
	default:
		e.Msg = "gzip data can't be read: " + err.Error()
	}
	return e
}
