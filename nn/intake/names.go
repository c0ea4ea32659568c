package intake

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"convlens/nn/mnist"
)

// A role is what a set of images is for.
type role int

const (
	unsaid role = iota
	toTrain
	toTest
	toValidate // is not used if there is a test set
)

// roleOf is what a word says.
func roleOf(word string) role {
	switch strings.ToLower(word) {
	case "train", "training":
		return toTrain
	case "test", "testing", "t10k":
		return toTest
	case "val", "valid", "validation":
		return toValidate
	}
	return unsaid
}

// roleIn is what the last such word in a file's name says: test in
// emnist-test-images, nothing in latest.
func roleIn(name string) role {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, w := range slices.Backward(words) {
		if r := roleOf(w); r != unsaid {
			return r
		}
	}
	return unsaid
}

// maxName is the longest name of a class, in bytes.
const maxName = 64

// maxText is the longest list of names, in bytes.
const maxText = maxClasses * (maxName + 2) // and the ends of lines

// classNames reads a list of names, one a line.
func classNames(f item, classes int) ([]string, error) {
	r := f.reader()
	defer r.Close()
	b := make([]byte, maxText+1)
	n, err := full(r, b)
	switch b = b[:n]; {
	case err != nil:
		return nil, err
	case n > maxText:
		return nil, mnist.Errorf(f.name, mnist.Invalid, "a text file of more than %s, expected are the names of %d classes", mnist.Count(maxText, "byte"), classes)
	case !isText(b):
		return nil, notUnderstood(f)
	}
	text := strings.TrimPrefix(string(b), "\ufeff")
	lines := strings.Split(strings.TrimRight(text, "\r\n \t"), "\n")
	if len(lines) != classes {
		return nil, mnist.Errorf(f.name, mnist.Invalid, "%s, one for each of %d classes is expected", mnist.Count(len(lines), "line"), classes)
	}
	at := map[string]int{}
	for i, l := range lines {
		l = strings.TrimSpace(l)
		before, twice := at[l]
		switch {
		case l == "":
			return nil, mnist.Errorf(f.name, mnist.Invalid, "line %d is empty, the name of class %d is expected", i+1, i)
		case len(l) > maxName:
			return nil, mnist.Errorf(f.name, mnist.Invalid, "line %d has %s, the name of a class has at most %d", i+1, mnist.Count(len(l), "byte"), maxName)
		case twice:
			return nil, mnist.Errorf(f.name, mnist.Invalid, "lines %d and %d are both %q", before+1, i+1, l)
		}
		lines[i], at[l] = l, i
	}
	return lines, nil
}

// numbers are the names of classes that have none.
func numbers(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = strconv.Itoa(i)
	}
	return names
}

// sortNames sorts by number if all are numbers, else by letter.
func sortNames(names []string) {
	value := map[string]int{}
	for _, name := range names {
		v, err := strconv.Atoi(name)
		if err != nil {
			slices.Sort(names)
			return
		}
		value[name] = v
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := value[a] - value[b]; d != 0 {
			return d
		}
		return strings.Compare(a, b) // "1" and "01"
	})
}
