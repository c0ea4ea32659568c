package intake

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"strings"
	"unicode/utf8"

	"convlens/nn/mnist"
)

// Package archive/zip would be 86 KB of the compressed worker, this is 2. It
// reads what ZIP programs write (APPNOTE.TXT, 4.3), not archives in parts or
// with a password. The tests compare the two.

const (
	zipEnd       = "PK\x05\x06" // end of central directory, 22 bytes and a comment
	zipEnd64     = "PK\x06\x06" // the same for more than 65,535 entries
	zipLocator64 = "PK\x06\x07" // where that is, 20 bytes before zipEnd
	zipCentral   = "PK\x01\x02" // an entry in the directory, 46 bytes and its name
	zipLocal     = "PK\x03\x04" // the same before its data, 30 bytes and its name

	zipEndLen, zipEnd64Len, zipLocatorLen, zipCentralLen, zipLocalLen = 22, 56, 20, 46, 30
)

// A zipEntry is a file in an archive, as the directory describes it.
type zipEntry struct {
	name         string
	flags        uint16
	method       uint16
	sum          uint32 // CRC-32 of the data
	packed, size uint32
	at           uint32 // of the local header
}

// unzip sorts the files in an archive.
func (s *sorted) unzip(archive File) error {
	entries, err := zipEntries(archive)
	if err != nil {
		return err
	}
	total := uint64(0)
	for _, e := range entries {
		total += uint64(e.size)
	}
	if total > uint64(s.left) {
		return mnist.Errorf(archive.Name, mnist.Invalid, "unpacks to %s, the limit is %s",
			mnist.Count(int(total), "byte"), mnist.Count(s.left, "byte"))
	}
	inflater := flate.NewReader(nil)
	for _, e := range entries {
		if strings.HasSuffix(e.name, "/") || byTheWay(e.name) {
			continue
		}
		b, err := zipData(archive, e, inflater)
		if err != nil {
			return err
		}
		s.left -= len(b)
		if err := s.add(File{e.name, b}, false); err != nil {
			return err
		}
	}
	return nil
}

// zipEntries reads the directory at an archive's end.
func zipEntries(archive File) ([]zipEntry, error) {
	b, le := archive.Bytes, binary.LittleEndian
	broken := func(format string, args ...any) ([]zipEntry, error) {
		return nil, mnist.Errorf(archive.Name, mnist.Corrupt, format, args...)
	}
	// The comment behind the end has at most 65,535 bytes.
	tail := b[max(0, len(b)-zipEndLen-0xffff):]
	end := len(b) - len(tail) + bytes.LastIndex(tail, []byte(zipEnd))
	if end < len(b)-len(tail) || len(b)-end < zipEndLen {
		return nil, mnist.Errorf(archive.Name, mnist.Truncated, "the zip archive of %s has no directory at its end", mnist.Count(len(b), "byte"))
	}
	e := b[end:]
	n, size, at := uint64(le.Uint16(e[10:])), uint64(le.Uint32(e[12:])), uint64(le.Uint32(e[16:]))
	if l := end - zipLocatorLen; l >= 0 && bytes.HasPrefix(b[l:], []byte(zipLocator64)) {
		big := le.Uint64(b[l+8:])
		if big > uint64(l) || uint64(l)-big < zipEnd64Len || !bytes.HasPrefix(b[big:], []byte(zipEnd64)) {
			return broken("the zip archive's 64-bit directory is not at byte %d", big)
		}
		e := b[big:]
		n, size, at, end = le.Uint64(e[32:]), le.Uint64(e[40:]), le.Uint64(e[48:]), int(big)
	}
	switch {
	case n == 0:
		return nil, mnist.Errorf(archive.Name, mnist.Invalid, "the zip archive is empty")
	case n > MaxFiles:
		return nil, mnist.Errorf(archive.Name, mnist.Invalid, "the zip archive claims %d files, the limit is %s", n, mnist.Count(MaxFiles, "file"))
	case at > uint64(end) || size > uint64(end)-at:
		return broken("the zip directory claims bytes %d to %d of an archive of %s", at, at+size, mnist.Count(len(b), "byte"))
	}
	directory := b[at : at+size]
	entries := make([]zipEntry, 0, min(int(n), len(directory)/zipCentralLen))
	for i := range int(n) {
		if len(directory) < zipCentralLen || !bytes.HasPrefix(directory, []byte(zipCentral)) {
			return broken("the zip directory has %s, %d are expected", mnist.Count(i, "file"), n)
		}
		d := directory
		name, rest := int(le.Uint16(d[28:])), int(le.Uint16(d[30:]))+int(le.Uint16(d[32:]))
		if len(d) < zipCentralLen+name+rest {
			return broken("the zip directory ends inside entry %d of %d", i+1, n)
		}
		directory = d[zipCentralLen+name+rest:]
		entry := zipEntry{name: string(d[zipCentralLen : zipCentralLen+name]), flags: le.Uint16(d[8:]), method: le.Uint16(d[10:]),
			sum: le.Uint32(d[16:]), packed: le.Uint32(d[20:]), size: le.Uint32(d[24:]), at: le.Uint32(d[42:])}
		if err := entry.check(archive.Name, i); err != nil {
			return nil, err
		}
		entry.name = strings.ReplaceAll(entry.name, `\`, "/")
		entries = append(entries, entry)
	}
	return entries, nil
}

// check says why entry i can't be read, by what the directory tells.
func (e *zipEntry) check(archive string, i int) error {
	invalid := func(format string, args ...any) error { return mnist.Errorf(archive, mnist.Invalid, format, args...) }
	parts := strings.FieldsFunc(e.name, func(r rune) bool { return r == '/' || r == '\\' })
	switch {
	case !utf8.ValidString(e.name) || strings.ContainsRune(e.name, 0):
		return invalid("the name of entry %d, %q, is not UTF-8 text", i+1, e.name)
	case strings.HasPrefix(e.name, "/"), strings.Contains(e.name, ":"):
		return invalid("the name %q is an absolute one", e.name)
	case len(parts) == 0:
		return invalid("entry %d has no name", i+1)
	}
	for _, p := range parts {
		if p == ".." {
			return invalid("the name %q leads out of the archive", e.name)
		}
	}
	switch {
	case e.flags&1 != 0:
		return invalid("%s has a password", e.name)
	case e.method != 0 && e.method != 8:
		return invalid("%s is compressed by method %d, 0 (none) and 8 (deflate) are understood", e.name, e.method)
	}
	return nil
}

// zipData returns the bytes of an entry, no more than the directory says.
func zipData(archive File, e zipEntry, inflater io.ReadCloser) ([]byte, error) {
	b := archive.Bytes
	fault := func(f mnist.Fault, format string, args ...any) ([]byte, error) {
		return nil, mnist.Errorf(archive.Name+"/"+e.name, f, format, args...)
	}
	if uint64(e.at)+zipLocalLen > uint64(len(b)) || !bytes.HasPrefix(b[e.at:], []byte(zipLocal)) {
		return fault(mnist.Corrupt, "is not at byte %d of the zip archive, where the directory says", e.at)
	}
	head := b[e.at:]
	begin := zipLocalLen + int(binary.LittleEndian.Uint16(head[26:])) + int(binary.LittleEndian.Uint16(head[28:]))
	if uint64(begin)+uint64(e.packed) > uint64(len(head)) {
		return fault(mnist.Truncated, "claims %s of the zip archive, which ends %s after its beginning",
			mnist.Count(int(e.packed), "byte"), mnist.Count(len(head), "byte"))
	}
	data := head[begin : begin+int(e.packed)]
	if e.method == 8 {
		inflater.(flate.Resetter).Reset(bytes.NewReader(data), nil)
		out := bytes.NewBuffer(make([]byte, 0, min(int(e.size), len(data)*mnist.MaxRatio)+bytes.MinRead))
		if _, err := out.ReadFrom(io.LimitReader(inflater, int64(e.size)+1)); errors.Is(err, io.ErrUnexpectedEOF) {
			return fault(mnist.Truncated, "its compressed data end after %s of %s", mnist.Count(out.Len(), "byte"), mnist.Count(int(e.size), "byte"))
		} else if err != nil {
			return fault(mnist.Corrupt, "its compressed data are damaged after %s", mnist.Count(out.Len(), "byte"))
		}
		data = out.Bytes()
	}
	switch {
	case len(data) > int(e.size):
		return fault(mnist.Corrupt, "unpacks to more than the %s that the zip directory says", mnist.Count(int(e.size), "byte"))
	case len(data) < int(e.size):
		return fault(mnist.Truncated, "unpacks to %s, the zip directory says %s", mnist.Count(len(data), "byte"), mnist.Count(int(e.size), "byte"))
	case crc32.ChecksumIEEE(data) != e.sum:
		return fault(mnist.Corrupt, "its CRC-32 is %08x, the zip directory says %08x", crc32.ChecksumIEEE(data), e.sum)
	}
	return data, nil
}
