package network

import (
	"cmp"
	"slices"
	"strconv"
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

// interner numbers sets of tags in the order of their first use.
type interner struct {
	number map[string]uint32
	sets   []Tags
	key    []byte
}

// intern returns the number of a set. The set is kept.
func (n *interner) intern(t Tags) uint32 {
	if n.number == nil {
		n.number = map[string]uint32{}
	}
	n.key = n.key[:0]
	for _, tag := range t {
		n.key = appendString(appendString(n.key, tag.Key), tag.Value)
	}
	if id, ok := n.number[string(n.key)]; ok {
		return id
	}
	id := uint32(len(n.sets))
	n.number[string(n.key)] = id
	n.sets = append(n.sets, slices.Clone(t))
	return id
}

// appendString writes a string with its length before it, so that no two lists
// of strings read the same.
func appendString(b []byte, s string) []byte {
	b = strconv.AppendInt(b, int64(len(s)), 10)
	return append(append(b, ':'), s...)
}

// kind names the class of a street as a profile lists it: the value of
// "highway", or the first other key that makes a street, with its value.
func (t Tags) kind() string {
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
