package profile

import (
	"cmp"
	"slices"
	"strings"
)

// Tag is one property of a street, barrier or boat, as OpenStreetMap has them.
type Tag struct{ Key, Value string }

// Tags are in order of key, each key once.
type Tags []Tag

// NewTags sorts tags; of equal keys the first given stays.
func NewTags(list ...Tag) Tags {
	t := Tags(slices.Clone(list))
	slices.SortStableFunc(t, func(a, b Tag) int { return cmp.Compare(a.Key, b.Key) })
	return slices.CompactFunc(t, func(a, b Tag) bool { return a.Key == b.Key })
}

// Get returns the value of a key, "" when there is none.
func (t Tags) Get(key string) string {
	if i, ok := slices.BinarySearchFunc(t, key, func(a Tag, k string) int { return cmp.Compare(a.Key, k) }); ok {
		return t[i].Value
	}
	return ""
}

// Kind names the class of a street as a profile lists it: the value of
// "highway", or the first other key that makes a street, with its value.
func (t Tags) Kind() string {
	if v := t.Get("highway"); v != "" {
		return v
	}
	for _, key := range [...]string{"man_made", "railway", "public_transport", "route"} {
		if v := t.Get(key); v != "" {
			return key + "=" + v
		}
	}
	return ""
}

// onewaySign reads a one-way value: 1 along the street, -1 against it, 0 both.
func onewaySign(v string) int {
	switch strings.ToLower(v) {
	case "yes", "1", "true":
		return 1
	case "-1", "reverse":
		return -1
	}
	return 0
}
