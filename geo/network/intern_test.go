package network

import (
	"testing"

	"lifecircle/geo/network/profile"
)

func TestTagSetsAreKeptApart(t *testing.T) {
	var n interner
	a := n.intern(tagsOf("a", "b", "c", "d"))
	if b := n.intern(tagsOf("a", "b:1:c", "d", "")); a == b {
		t.Error("two sets, one number")
	}
	if c := n.intern(tagsOf("c", "d", "a", "b")); a != c {
		t.Error("one set, two numbers")
	}
}

func tagsOf(pairs ...string) profile.Tags {
	var list []profile.Tag
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, profile.Tag{Key: pairs[i], Value: pairs[i+1]})
	}
	return profile.NewTags(list...)
}
