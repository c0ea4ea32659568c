package wire

import "strings"

// Open asks for files of the visitor's own to be read as a dataset, which goes on
// beside a run. Opening tells how far that is; it ends with Opened, or with
// LoadFailed. Load then puts the data in use, by Opened's Name. The dataset in
// use, the network and the run are left as they are.
type Open struct {
	Number int // counts them, for Opening to tell which it is of
	Files  []OwnFile
	// Handles stand for the files, in the same order: what Held is in a browser is
	// an array of File objects, which can be read where they are passed to.
	Handles Blob
}

// OwnFile is a file as it was chosen. Its name begins with its folders', each
// followed by a slash, as far as they are known.
type OwnFile struct {
	Name  string
	Bytes int
}

// StopOpening ends what Open began.
type StopOpening struct{}

// Opening tells how far the visitor's files have been read.
type Opening struct {
	Number      int  // of the Open
	Images      bool // are being read; before, files are being looked at
	Done, Total int
}

// Opened tells what the visitor's files hold.
type Opened struct {
	Name        string // of the Source that they have become; see OwnName
	Title       string // what the files suggest to call it
	TrainN      int
	TestN       int
	SampleShape []int // (C,H,W)
	Classes     []string
	HeldOut     bool     // the test images are part of the files' one set: of each class every sixth
	Unused      int      // files that are not part of it
	UnusedNames []string // the first of them
}

// OwnFiles begins the names of Sources that are files of a visitor's own. It is
// the Name in a LoadFailed about files that have become none.
const OwnFiles = "files-"

// OwnName is the name of the visitor's files with that SHA-256 of their data, in
// hex: the same files have it again, whenever they are chosen.
func OwnName(digest string) string { return OwnFiles + digest[:12] }

// IsOwn says whether a Source's name is that of files of a visitor's own.
func IsOwn(name string) bool { return strings.HasPrefix(name, OwnFiles) }

func (m *Open) fields(c *coder) {
	c.int(&m.Number)
	list(c, &m.Files, 12, func(c *coder, f *OwnFile) {
		c.string(&f.Name)
		c.size(&f.Bytes)
	})
}

func (m *StopOpening) fields(c *coder) {}

func (m *Opening) fields(c *coder) {
	c.int(&m.Number)
	c.bool(&m.Images)
	c.int(&m.Done)
	c.int(&m.Total)
}

func (m *Opened) fields(c *coder) {
	c.string(&m.Name)
	c.string(&m.Title)
	c.int(&m.TrainN)
	c.int(&m.TestN)
	c.ints(&m.SampleShape)
	list(c, &m.Classes, 4, (*coder).string)
	c.bool(&m.HeldOut)
	c.int(&m.Unused)
	list(c, &m.UnusedNames, 4, (*coder).string)
}
