package audit

import (
	"cmp"
	"context"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/block"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/index"
)

// Facilities of one kind are taken for one listed twice when they have the same
// name within SameM metres, or nearly the same within AlikeM.
const (
	SameM  = 500.0
	AlikeM = 100.0
)

// maxNear bounds how many neighbours of a facility are looked at: places where
// more stand together are drawn in one point, not built.
const maxNear = 200

// Twin is a facility that seems to stand in the list already.
type Twin struct {
	First, Second int // indices, First < Second
	Metres        float64
	Same          bool // the names are the same but for spelling
}

// Twins finds facilities that are listed twice: each at most once as Second,
// with the nearest earlier one, ascending. Facilities without a name and mobile
// ones are left out.
func Twins(list []coverage.Facility) []Twin {
	byKind := map[string][]int{}
	names := make([]string, len(list))
	for i, f := range list {
		if names[i] = PlainName(f.Name); names[i] != "" && !f.Mobile {
			byKind[f.Kind] = append(byKind[f.Kind], i)
		}
	}
	var twins []Twin
	for _, members := range byKind {
		twins = append(twins, twinsOf(list, names, members)...)
	}
	slices.SortFunc(twins, func(a, b Twin) int { return a.Second - b.Second })
	return twins
}

func twinsOf(list []coverage.Facility, names []string, members []int) []Twin {
	at := make([]geodesy.Vec, len(members))
	for i, m := range members {
		at[i] = geodesy.ECEF(list[m].At)
	}
	tree := index.NewPacked(at)
	letters := make([][]rune, len(members))
	for i, m := range members {
		letters[i] = []rune(names[m])
	}
	best := make([]Twin, len(members)) // of each member; Second 0 is none: what is first is no twin
	same := map[string][]int{}
	for i, m := range members {
		var near []Twin
		for _, o := range same[names[m]] {
			if d := geodesy.Distance(list[o].At, list[m].At); d <= SameM {
				near = append(near, Twin{o, m, d, true})
			}
		}
		best[i] = nearestTwin(near)
		if l := same[names[m]]; len(l) < maxNear {
			same[names[m]] = append(l, m)
		}
	}
	_ = block.Each(context.Background(), len(members), func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			if best[i].Second == 0 {
				best[i] = nearestTwin(alike(list, letters, members, tree, i))
			}
		}
	})
	return slices.DeleteFunc(best, func(t Twin) bool { return t.Second == 0 })
}

func nearestTwin(near []Twin) Twin {
	if len(near) == 0 {
		return Twin{}
	}
	return slices.MinFunc(near, func(a, b Twin) int { return cmp.Or(cmp.Compare(a.Metres, b.Metres), a.First-b.First) })
}

func alike(list []coverage.Facility, letters [][]rune, members []int, tree *index.Packed, i int) []Twin {
	m := members[i]
	ids := tree.Within(list[m].At, AlikeM)
	var near []Twin
	for _, id := range ids[:min(len(ids), maxNear)] {
		o := members[id]
		if o < m && alikeRunes(letters[id], letters[i]) {
			near = append(near, Twin{o, m, geodesy.Distance(list[o].At, list[m].At), false})
		}
	}
	return near
}
