package intake

import (
	"cmp"
	"slices"
	"strings"

	"convlens/nn/mnist"
)

// A picture is a PNG or JPEG file.
type picture struct {
	item
	kind content // png or jpeg

	class string // the name of its folder
	role  role   // what the name of the folder above says
}

// fromPictures makes the dataset of pictures in folders.
func (in *Intake) fromPictures(s *sorted, tick func(Progress) bool) error {
	for i := range s.pictures {
		if err := s.pictures[i].place(); err != nil {
			return err
		}
	}
	for _, t := range s.texts {
		s.unused = append(s.unused, t.name)
	}
	// In whatever order they came.
	slices.SortFunc(s.pictures, func(a, b picture) int { return strings.Compare(a.name, b.name) })
	train, test, err := in.halves(s)
	if err != nil {
		return err
	}
	if in.Classes, err = folders(train, test); err != nil {
		return err
	}
	if in.Title == "" {
		in.Title = strings.Join(in.Classes[:min(3, len(in.Classes))], ", ")
	}
	if in.HeldOut {
		train, test = setAside(train, in.Classes)
		if len(test) == 0 {
			return mnist.Errorf(train[0].name, mnist.Invalid, "%s without two of a class: none can be set aside to test with", mnist.Count(len(train), "picture"))
		}
	}
	train, test = mixed(train), mixed(test)
	all, err := decode(slices.Concat(train, test), tick)
	if err != nil {
		return err
	}
	all.Classes = len(in.Classes)
	for _, p := range slices.Concat(train, test) {
		all.Labels = append(all.Labels, byte(slices.Index(in.Classes, p.class)))
	}
	in.Data = &mnist.Dataset{Train: all.Head(len(train)), Test: all}
	cut := &in.Data.Test
	cut.N, cut.Pixels, cut.Labels = len(test), all.Pixels[len(train)*all.Size():], all.Labels[len(train):]
	return nil
}

// place finds a picture's class and role in its name.
func (p *picture) place() error {
	parts := strings.Split(p.name, "/")
	if len(parts) < 2 {
		return mnist.Errorf(p.name, mnist.Invalid, "a picture that lies in no folder: the name of its folder is its class")
	}
	p.class = parts[len(parts)-2]
	if len(parts) > 2 {
		p.role = roleOf(parts[len(parts)-3])
	}
	switch {
	case p.role == unsaid && roleOf(p.class) != unsaid:
		return mnist.Errorf(p.name, mnist.Invalid, "a picture that lies in %s itself: a folder with the name of its class is expected between", p.class)
	case len(p.class) > maxName:
		return mnist.Errorf(p.name, mnist.Invalid, "its folder's name has %s, that of a class has at most %d", mnist.Count(len(p.class), "byte"), maxName)
	}
	return nil
}

// halves parts the pictures by their roles. If they have only one it is as good
// as none: some are to be set aside.
func (in *Intake) halves(s *sorted) (train, test []picture, err error) {
	by := map[role][]picture{}
	for _, p := range s.pictures {
		by[p.role] = append(by[p.role], p)
	}
	if len(by) == 1 {
		in.HeldOut = true
		return s.pictures, nil, nil
	}
	if none := by[unsaid]; len(none) > 0 {
		said := s.pictures[slices.IndexFunc(s.pictures, func(p picture) bool { return p.role != unsaid })]
		return nil, nil, mnist.Errorf(none[0].name, mnist.Invalid, "lies in neither a train nor a test folder, but %s does", said.name)
	}
	train, test = by[toTrain], by[toTest]
	switch {
	case len(train) == 0:
		return nil, nil, mnist.Errorf(test[0].name, mnist.Invalid, "is to test with, %s to validate with: there are none to train with", by[toValidate][0].name)
	case len(test) == 0:
		test = by[toValidate]
	default:
		for _, p := range by[toValidate] {
			s.unused = append(s.unused, p.name)
		}
	}
	return train, test, nil
}

// folders are the names of the classes.
func folders(train, test []picture) ([]string, error) {
	seen := map[string]bool{}
	var names []string
	for _, p := range train {
		if !seen[p.class] {
			seen[p.class] = true
			names = append(names, p.class)
		}
	}
	for _, p := range test {
		if !seen[p.class] {
			return nil, mnist.Errorf(p.name, mnist.Invalid, "there is no picture of class %s to train with", p.class)
		}
	}
	switch {
	case len(names) < 2:
		return nil, mnist.Errorf(train[0].name, mnist.Invalid, "all %s are in the folder %s: two classes are the least, each in a folder of its own", mnist.Count(len(train), "picture"), names[0])
	case len(names) > maxClasses:
		return nil, mnist.Errorf(train[0].name, mnist.Invalid, "it and the others lie in folders of %d names, at most %d classes are expected", len(names), maxClasses)
	}
	sortNames(names)
	return names, nil
}

// setAside chooses the pictures to test with; see split.go.
func setAside(pictures []picture, classes []string) (train, test []picture) {
	labels := make([]byte, len(pictures))
	for i, p := range pictures {
		labels[i] = byte(slices.Index(classes, p.class))
	}
	aside, _ := heldOut(labels)
	for i, p := range pictures {
		if aside[i] {
			test = append(test, p)
		} else {
			train = append(train, p)
		}
	}
	return train, test
}

// mixed puts pictures in an order in which the beginning has as much of each
// class as the whole: a run may be limited to it.
func mixed(pictures []picture) []picture {
	type placed struct {
		picture
		at, of int // of its class
	}
	of := map[string]int{}
	list := make([]placed, len(pictures))
	for i, p := range pictures {
		list[i] = placed{p, of[p.class], 0}
		of[p.class]++
	}
	for i := range list {
		list[i].of = of[list[i].class]
	}
	slices.SortStableFunc(list, func(a, b placed) int { return cmp.Compare((2*a.at+1)*b.of, (2*b.at+1)*a.of) })
	out := make([]picture, len(list))
	for i := range list {
		out[i] = list[i].picture
	}
	return out
}
