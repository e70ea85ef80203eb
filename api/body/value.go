package body

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// Has reports whether a member was given.
func (o *Object) Has(name string) bool { _, ok := o.members[name]; return ok }

// value reads a member into v, which says by want what it should have been.
func (o *Object) value(name, want string, v any) bool {
	text, ok := o.members[name]
	if !ok || o.Err() != nil {
		return false
	}
	if err := json.Unmarshal(text, v); err != nil {
		o.Blame(name, "api.json_"+want, coverage.Args{"name": o.place(name)})
		return false
	}
	return true
}

// Text reads a text that is not empty; "" when not given.
func (o *Object) Text(name string) string {
	s := ""
	if o.value(name, "text", &s) && strings.TrimSpace(s) == "" {
		o.Blame(name, "api.empty", coverage.Args{"name": o.place(name)})
	}
	return s
}

// OneOf reads one of some words; "" when not given.
func (o *Object) OneOf(name string, words ...string) string {
	s := o.Text(name)
	if s != "" && !slices.Contains(words, s) {
		o.Blame(name, "api.one_of", coverage.Args{"name": o.place(name), "value": s, "known": strings.Join(words, ", ")})
	}
	return s
}

// Bool reads true or false; false when not given.
func (o *Object) Bool(name string) bool {
	v := false
	o.value(name, "bool", &v)
	return v
}

// Number reads a number of low..high.
func (o *Object) Number(name string, standard, low, high float64) float64 {
	v := standard
	if o.value(name, "number", &v) && !(v >= low && v <= high) {
		o.Blame(name, "api.number", coverage.Args{"name": o.place(name), "value": v, "low": low, "high": high})
	}
	return v
}

// Positive reads a number over 0, at most high; 0 when not given.
func (o *Object) Positive(name string, high float64) float64 {
	v := 0.0
	if o.value(name, "number", &v) && !(v > 0 && v <= high) {
		o.Blame(name, "api.positive", coverage.Args{"name": o.place(name), "value": v, "high": high})
	}
	return v
}

// Whole reads a whole number of low..high.
func (o *Object) Whole(name string, standard, low, high int) int {
	v := float64(standard)
	if o.value(name, "number", &v) && !(v >= float64(low) && v <= float64(high) && v == math.Trunc(v)) {
		o.Blame(name, "api.whole", coverage.Args{"name": o.place(name), "value": v, "low": low, "high": high})
		return standard
	}
	return int(v)
}

// Place reads [longitude, latitude] in degrees; it must be given.
func (o *Object) Place(name string) orb.Point {
	if !o.Has(name) {
		o.Blame(name, "api.missing", coverage.Args{"name": o.place(name)})
		return orb.Point{}
	}
	var v []*float64 // a null is no 0
	if !o.value(name, "place", &v) {
		return orb.Point{}
	}
	if len(v) != 2 || v[0] == nil || v[1] == nil || !(math.Abs(*v[0]) <= 180 && math.Abs(*v[1]) <= 90) {
		o.Blame(name, "api.json_place", coverage.Args{"name": o.place(name)})
		return orb.Point{}
	}
	return orb.Point{*v[0], *v[1]}
}

// Texts reads a list of at most most texts, none of them empty; nil when not given.
func (o *Object) Texts(name string, most int) []string {
	var list []string
	for i, one := range o.list(name, most) {
		s := ""
		if json.Unmarshal(one, &s) != nil || strings.TrimSpace(s) == "" {
			o.Blame(fmt.Sprintf("%s[%d]", name, i), "api.json_text", coverage.Args{"name": fmt.Sprintf("%s[%d]", o.place(name), i)})
			return nil
		}
		list = append(list, s)
	}
	return list
}

// Sets reads a list of lists of texts.
func (o *Object) Sets(name string, most int) [][]string {
	var sets [][]string
	for i, one := range o.list(name, most) {
		part := &Object{path: o.path, members: map[string]json.RawMessage{}, fault: o.fault}
		at := fmt.Sprintf("%s[%d]", name, i)
		part.members[at] = one
		sets = append(sets, part.Texts(at, most))
	}
	return sets
}

// Objects reads a list of objects of which only the known members are allowed.
func (o *Object) Objects(name string, most int, known ...string) []*Object {
	var list []*Object
	for i, one := range o.list(name, most) {
		part := &Object{path: fmt.Sprintf("%s[%d]", o.place(name), i), fault: o.fault}
		if part.read(one, known); o.Err() != nil {
			return nil
		}
		list = append(list, part)
	}
	return list
}

// Object reads an object within; nil when not given.
func (o *Object) Object(name string, known ...string) *Object {
	text, ok := o.members[name]
	if !ok || o.Err() != nil {
		return nil
	}
	part := &Object{path: o.place(name), fault: o.fault}
	if part.read(text, known); o.Err() != nil {
		return nil
	}
	return part
}

// Numbers reads an object of at most most numbers of low..high by names that the
// data know.
func (o *Object) Numbers(name string, most int, low, high float64) map[string]float64 {
	text, ok := o.members[name]
	if !ok || o.Err() != nil {
		return nil
	}
	var any map[string]json.RawMessage
	if json.Unmarshal(text, &any) != nil {
		o.Blame(name, "api.json_object", coverage.Args{"place": o.place(name)})
		return nil
	}
	if len(any) > most {
		o.Blame(name, "api.too_many", coverage.Args{"name": o.place(name), "count": len(any), "limit": most})
		return nil
	}
	names := slices.Sorted(maps.Keys(any))
	part := &Object{path: o.place(name), fault: o.fault}
	part.read(text, names)
	out := map[string]float64{}
	for _, n := range names {
		out[n] = part.Number(n, 0, low, high)
	}
	return out
}

// IsList reports whether a member is a list.
func (o *Object) IsList(name string) bool {
	return strings.HasPrefix(strings.TrimSpace(string(o.members[name])), "[")
}

func (o *Object) list(name string, most int) []json.RawMessage {
	var list []json.RawMessage
	if !o.value(name, "list", &list) {
		return nil
	}
	if !o.IsList(name) { // a null within a list
		o.Blame(name, "api.json_list", coverage.Args{"name": o.place(name)})
		return nil
	}
	if len(list) > most {
		o.Blame(name, "api.too_many", coverage.Args{"name": o.place(name), "count": len(list), "limit": most})
		return nil
	}
	return list
}
