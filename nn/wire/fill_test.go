package wire

import (
	"fmt"
	"reflect"
	"testing"
)

// fill sets every field of a message to something else: numbers count up from
// seed, every list gets two elements, every bool is true.
func fill(v reflect.Value, seed *int) {
	*seed++
	switch v.Kind() {
	case reflect.Pointer:
		fill(v.Elem(), seed)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[Blob]() {
			return // travels beside the message
		}
		for i := range v.NumField() {
			fill(v.Field(i), seed)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), seed)
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(int64(*seed) * 1_000_003)
	case reflect.Uint8:
		v.SetUint(uint64(*seed % 251))
	case reflect.Uint32:
		v.SetUint(uint64(*seed) << 24)
	case reflect.Uint64:
		v.SetUint(uint64(*seed) << 57)
	case reflect.Float32, reflect.Float64:
		v.SetFloat(-float64(*seed) / 8)
	case reflect.String:
		v.SetString(fmt.Sprintf("%d. größer\x00", *seed))
	default:
		panic("a message with a " + v.Kind().String())
	}
}

// filled returns a message of kind k without a zero field.
func filled(k int) Message {
	m := kinds[k].make()
	seed := k
	fill(reflect.ValueOf(m), &seed)
	return m
}

// lists are the lists of a message, those inside its lists not included.
func lists(v reflect.Value) (found []reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		return lists(v.Elem())
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[Blob]() {
			return nil
		}
		for i := range v.NumField() {
			found = append(found, lists(v.Field(i))...)
		}
	case reflect.Slice:
		return []reflect.Value{v}
	}
	return found
}

// crowded returns a message of kind k for each of its lists, that list with n
// zero elements and all else zero.
func crowded(k, n int) (all []Message) {
	for i := range lists(reflect.ValueOf(kinds[k].make())) {
		m := kinds[k].make()
		l := lists(reflect.ValueOf(m))[i]
		l.Set(reflect.MakeSlice(l.Type(), n, n))
		all = append(all, m)
	}
	return all
}

// TestFilled makes sure that fill reaches everything.
func TestFilled(t *testing.T) {
	for k := range kinds {
		var check func(path string, v reflect.Value)
		check = func(path string, v reflect.Value) {
			switch v.Kind() {
			case reflect.Pointer:
				check(path, v.Elem())
			case reflect.Struct:
				if v.Type() == reflect.TypeFor[Blob]() {
					return
				}
				for i := range v.NumField() {
					check(path+"."+v.Type().Field(i).Name, v.Field(i))
				}
			case reflect.Slice:
				for i := range v.Len() {
					check(fmt.Sprintf("%s[%d]", path, i), v.Index(i))
				}
				fallthrough
			default:
				if v.IsZero() {
					t.Errorf("%s is zero", path)
				}
			}
		}
		check(kinds[k].name, reflect.ValueOf(filled(k)))
	}
}
