package facility

import (
	"lifecircle/coverage"
	"lifecircle/data/audit"
	"lifecircle/data/ground"
)

// plainM is how near two facilities stand that are called by nothing but the
// word of their kind ("小学", "primary school"), to be taken for one.
const plainM = 20.0

// CheckTwins reports facilities that stand in the lists twice. Both are kept.
func (l *Lists) CheckTwins() {
	for _, t := range audit.Twins(l.Dataset.Facilities) {
		a, b := l.Dataset.Facilities[t.First], l.Dataset.Facilities[t.Second]
		limit := audit.AlikeM
		if t.Same {
			limit = audit.SameM
		}
		if l.kinds.IsWord(a.Name) && l.kinds.IsWord(b.Name) {
			limit = plainM
		}
		if t.Metres > limit {
			continue
		}
		l.Issues.Add(coverage.Issue{Ref: b.Source, Key: "facility.near_duplicate", Column: l.nameColumns[b.Source.File], Value: b.Name, Args: coverage.Args{
			"id": b.ID, "first": a.Name, "first_id": a.ID, "first_file": a.Source.File, "first_row": a.Source.Row, "first_element": a.Source.Element(),
			"metres": ground.Metres(t.Metres), "limit": limit, "lon": b.At[0], "lat": b.At[1],
		}})
	}
}
