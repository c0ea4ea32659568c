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

// What ZIP programs write (APPNOTE.TXT, 4.3), without archives in parts or with
// a password. doc.go says why this is not archive/zip.

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

// maxDirectory is the largest directory that is read, 600 bytes for each file.
const maxDirectory = 600 * MaxFiles

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
	s.left -= int(total)
	s.total += len(entries)
	for _, e := range entries {
		if strings.HasSuffix(e.name, "/") || byTheWay(e.name) {
			continue
		}
		m := item{name: e.name, size: int(e.size), open: func() io.ReadCloser { return s.entry(archive, e) }}
		if err := s.add(m, nil); err != nil {
			return err
		}
	}
	return nil
}

// part reads n bytes of an archive.
func (f File) part(at, n int) ([]byte, error) {
	b := make([]byte, n)
	_, err := io.ReadFull(&plain{f.Name, io.NewSectionReader(f.Data, int64(at), int64(n))}, b)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = mnist.Errorf(f.Name, mnist.Corrupt, "could not be read: it has no %s at byte %d", mnist.Count(n, "byte"), at)
	}
	return b, err
}

// zipEntries reads the directory at an archive's end.
func zipEntries(archive File) ([]zipEntry, error) {
	le := binary.LittleEndian
	broken := func(format string, args ...any) ([]zipEntry, error) {
		return nil, mnist.Errorf(archive.Name, mnist.Corrupt, format, args...)
	}
	// The comment behind the end has at most 65,535 bytes.
	begin := max(0, archive.Size-zipEndLen-0xffff-zipLocatorLen)
	tail, err := archive.part(begin, archive.Size-begin)
	if err != nil {
		return nil, err
	}
	at := bytes.LastIndex(tail, []byte(zipEnd))
	if at < 0 || len(tail)-at < zipEndLen {
		return nil, mnist.Errorf(archive.Name, mnist.Truncated, "the zip archive of %s has no directory at its end", mnist.Count(archive.Size, "byte"))
	}
	end, e := begin+at, tail[at:]
	n, size, from := uint64(le.Uint16(e[10:])), uint64(le.Uint32(e[12:])), uint64(le.Uint32(e[16:]))
	if l := at - zipLocatorLen; l >= 0 && bytes.HasPrefix(tail[l:], []byte(zipLocator64)) {
		big := le.Uint64(tail[l+8:])
		if big > uint64(begin+l) || uint64(begin+l)-big < zipEnd64Len {
			return broken("the zip archive's 64-bit directory is not at byte %d", big)
		}
		e, err := archive.part(int(big), zipEnd64Len)
		if err != nil {
			return nil, err
		}
		if !bytes.HasPrefix(e, []byte(zipEnd64)) {
			return broken("the zip archive's 64-bit directory is not at byte %d", big)
		}
		n, size, from, end = le.Uint64(e[32:]), le.Uint64(e[40:]), le.Uint64(e[48:]), int(big)
	}
	switch {
	case n == 0:
		return nil, mnist.Errorf(archive.Name, mnist.Invalid, "the zip archive is empty")
	case n > MaxFiles:
		return nil, mnist.Errorf(archive.Name, mnist.Invalid, "the zip archive claims %d files, the limit is %s", n, mnist.Count(MaxFiles, "file"))
	case from > uint64(end) || size > uint64(end)-from:
		return broken("the zip directory claims bytes %d to %d of an archive of %s", from, from+size, mnist.Count(archive.Size, "byte"))
	case size > maxDirectory:
		return nil, mnist.Errorf(archive.Name, mnist.Invalid, "the zip directory has %s, the limit is %s", mnist.Count(int(size), "byte"), mnist.Count(maxDirectory, "byte"))
	}
	directory, err := archive.part(int(from), int(size))
	if err != nil {
		return nil, err
	}
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

// entry begins to read an entry of an archive, no more than the directory says.
func (s *sorted) entry(archive File, e zipEntry) io.ReadCloser {
	z := &zipReader{s: s, name: archive.Name + "/" + e.name, zipEntry: e}
	if uint64(e.at)+zipLocalLen > uint64(archive.Size) {
		return z.fail(mnist.Corrupt, "is not at byte %d of the zip archive, where the directory says", e.at)
	}
	head, err := archive.part(int(e.at), zipLocalLen)
	if err != nil {
		z.err = err
		return z
	}
	if !bytes.HasPrefix(head, []byte(zipLocal)) {
		return z.fail(mnist.Corrupt, "is not at byte %d of the zip archive, where the directory says", e.at)
	}
	begin := int(e.at) + zipLocalLen + int(binary.LittleEndian.Uint16(head[26:])) + int(binary.LittleEndian.Uint16(head[28:]))
	if uint64(begin)+uint64(e.packed) > uint64(archive.Size) {
		return z.fail(mnist.Truncated, "claims %s of the zip archive, which ends %s after its beginning",
			mnist.Count(int(e.packed), "byte"), mnist.Count(archive.Size-int(e.at), "byte"))
	}
	z.packed = &plain{archive.Name, io.NewSectionReader(archive.Data, int64(begin), int64(e.packed))}
	z.in = z.packed
	if e.method == 8 {
		z.inflater = s.inflater(z.packed)
		z.in = z.inflater
	}
	return z
}

// inflater returns a decompressor of r, one that is not in use if there is one:
// each takes 40 KB.
func (s *sorted) inflater(r io.Reader) io.ReadCloser {
	n := len(s.spare) - 1
	if n < 0 {
		return flate.NewReader(r)
	}
	f := s.spare[n]
	s.spare = s.spare[:n]
	f.(flate.Resetter).Reset(r, nil)
	return f
}

// A zipReader reads the bytes of an entry.
type zipReader struct {
	s    *sorted
	name string
	zipEntry
	packed   io.Reader
	inflater io.ReadCloser // nil if they are not compressed
	in       io.Reader
	done     int
	crc      uint32
	err      error
}

// fail has the next Read return an error.
func (z *zipReader) fail(f mnist.Fault, format string, args ...any) *zipReader {
	z.err = mnist.Errorf(z.name, f, format, args...)
	return z
}

func (z *zipReader) Close() error {
	if z.inflater != nil {
		z.s.spare = append(z.s.spare, z.inflater)
		z.inflater, z.in, z.err = nil, nil, io.ErrClosedPipe
	}
	return nil
}

func (z *zipReader) Read(b []byte) (int, error) {
	if z.err != nil {
		return 0, z.err
	}
	n, err := z.in.Read(b)
	z.done += n
	z.crc = crc32.Update(z.crc, crc32.IEEETable, b[:n])
	var known *mnist.Error
	size := int(z.size)
	switch {
	case z.done > size:
		z.fail(mnist.Corrupt, "unpacks to more than the %s that the zip directory says", mnist.Count(size, "byte"))
		return 0, z.err
	case err == nil:
	case errors.As(err, &known):
		z.err = err
	case errors.Is(err, io.ErrUnexpectedEOF):
		z.fail(mnist.Truncated, "its compressed data end after %s of %s", mnist.Count(z.done, "byte"), mnist.Count(size, "byte"))
	case err != io.EOF:
		z.fail(mnist.Corrupt, "its compressed data are damaged after %s", mnist.Count(z.done, "byte"))
	case z.done < size:
		z.fail(mnist.Truncated, "unpacks to %s, the zip directory says %s", mnist.Count(z.done, "byte"), mnist.Count(size, "byte"))
	case z.crc != z.sum:
		z.fail(mnist.Corrupt, "its CRC-32 is %08x, the zip directory says %08x", z.crc, z.sum)
	default:
		z.err = io.EOF
	}
	if n > 0 {
		return n, nil
	}
	return 0, z.err
}
