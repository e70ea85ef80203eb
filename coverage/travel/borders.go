package travel

import (
	"cmp"
	"context"
	"math"
	"slices"

	"lifecircle/coverage"
)

// Span is a range of wards, Hi excluded. Wards number people so that those of
// one zone, and of all below it, are a span; -1 is in no zone.
type Span struct{ Lo, Hi int32 }

// Everybody is the span of all wards.
var Everybody = Span{math.MinInt32, math.MaxInt32}

// Users are those who may use a facility: spans that do not touch each other's
// wards. None: nobody may.
type Users []Span

// Have reports whether people of a ward are among the users.
func (u Users) Have(ward int32) bool {
	for _, s := range u {
		if s.Lo <= ward && ward < s.Hi {
			return true
		}
	}
	return false
}

// All reports whether everybody is.
func (u Users) All() bool { return len(u) == 1 && u[0] == Everybody }

// Bordered reports whether borders count between facilities and a demand.
func Bordered(facilities, demand Points) bool {
	return facilities.Users != nil && demand.Ward != nil
}

// Barred lists the rows of a demand whose nearest facility is not theirs to use.
// Of all others the nearest is the nearest that they may use.
func Barred(nearest func(row int) int32, facilities, demand Points) []int32 {
	var rows []int32
	for i := range demand.At {
		if f := nearest(i); f >= 0 && !facilities.Users[f].Have(demand.Ward[i]) {
			rows = append(rows, int32(i))
		}
	}
	return rows
}

// Circle is some rows of a demand and facilities that all of them may use.
type Circle struct{ Facilities, Rows []int32 }

// Circles splits who may use what into circles without borders: every pair of a
// row and a facility that it may use is in exactly one of them. There are as
// many as there are spans of users, so that those that everybody may use are
// asked about once.
func Circles(facilities, demand Points, rows []int32) []Circle {
	of := map[Span][]int32{}
	for f, users := range facilities.Users {
		for _, s := range users {
			of[s] = append(of[s], int32(f))
		}
	}
	spans := make([]Span, 0, len(of))
	for s := range of {
		spans = append(spans, s)
	}
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Or(cmp.Compare(a.Lo, b.Lo), cmp.Compare(a.Hi, b.Hi)) })
	sorted, first := byWard(demand.Ward, rows)
	var list []Circle
	for _, s := range spans {
		c := Circle{of[s], rows}
		if s != Everybody {
			c.Rows = sorted[first(s.Lo):first(s.Hi)]
		}
		if len(c.Rows) > 0 {
			list = append(list, c)
		}
	}
	return list
}

// byWard sorts rows by ward, those of one ward in order, and tells how many lie
// below a ward (a counting sort).
func byWard(ward, rows []int32) (sorted []int32, below func(ward int32) int) {
	most := int32(-1)
	for _, i := range rows {
		most = max(most, ward[i])
	}
	first := make([]int, most+3) // of ward w at w+1: -1 is the lowest
	for _, i := range rows {
		first[ward[i]+2]++
	}
	for w := range first[1:] {
		first[w+1] += first[w]
	}
	at := slices.Clone(first)
	sorted = make([]int32, len(rows))
	for _, i := range rows {
		k := &at[ward[i]+1]
		sorted[*k] = i
		*k++
	}
	return sorted, func(w int32) int { return first[max(0, min(int(w)+1, len(first)-1))] }
}

// Straight finds the nearest facilities by straight lines ([Line.Nearest]), each
// row's among those that it may use.
func Straight(ctx context.Context, facilities, demand Points, p coverage.Progress) (Nearest, error) {
	near, err := NewLine(facilities).Nearest(ctx, demand, p)
	if err != nil || !Bordered(facilities, demand) {
		return near, err
	}
	barred := Barred(func(row int) int32 { return near.Facility[row] }, facilities, demand)
	for _, i := range barred {
		near.Metres[i], near.Facility[i] = math.Inf(1), -1
	}
	for _, c := range Circles(facilities, demand, barred) {
		part, err := NewLine(facilities.Of(c.Facilities)).Nearest(ctx, demand.Of(c.Rows), nil)
		if err != nil {
			return near, err
		}
		for k, i := range c.Rows {
			if f := part.Facility[k]; f >= 0 {
				near.take(i, part.Metres[k], c.Facilities[f])
			}
		}
	}
	return near, nil
}

// take lets a row have a facility when it is nearer than what it has.
func (n *Nearest) take(row int32, metres float64, facility int32) {
	has, least := n.Facility[row], math.Min(metres, n.Metres[row])
	switch {
	case has < 0 || metres+tie(least) < n.Metres[row]:
		n.Facility[row] = facility
	case metres <= n.Metres[row]+tie(least):
		n.Facility[row] = min(has, facility)
	}
	n.Metres[row] = least
}
