package network

import (
	"slices"
	"strconv"

	"lifecircle/geo/network/profile"
)

// interner numbers sets of tags in the order of their first use.
type interner struct {
	number map[string]uint32
	sets   []profile.Tags
	key    []byte
}

// intern returns the number of a set. The set is kept.
func (n *interner) intern(t profile.Tags) uint32 {
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
