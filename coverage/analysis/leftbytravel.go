package analysis

import (
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/travel"
)

// leftByTravel says whom the ways to travel of a standard leave out: people and
// facilities beside the network, delays that straight lines do not heed, heights
// that changed nothing.
func (r *runner) leftByTravel(q *question) []coverage.LeftOut {
	l := lister{r: r, q: q}
	l.people()
	for k, rule := range q.Rules {
		if slices.ContainsFunc(q.Rules[:k], func(o coverage.Rule) bool { return o.Travel == rule.Travel }) {
			continue
		}
		l.facilities(rule)
		near := q.reached[rule.Setting]
		if near.FlatSlope {
			l.add("flat_slope", 0, coverage.Args{"standard": q.ID})
		}
		if rule.Travel.Mode == coverage.ModeLine && q.at.DelayMS != nil {
			l.add("delay_line", 0, coverage.Args{"standard": q.ID})
		}
	}
	return l.out
}

type lister struct {
	r   *runner
	q   *question
	out []coverage.LeftOut
}

func (l *lister) add(key string, people float64, args coverage.Args) {
	l.out = append(l.out, leftOutNote(key, l.q.ID, people, args))
}

// people counts those of the standard's group who live beside the network.
func (l *lister) people() {
	d := l.r.ds.Demand
	group := d.Group(l.q.Group)
	if group == nil && len(d.Pop) > 0 {
		group = d.Pop[0]
	}
	var far, cut float64
	for i := range group {
		near := l.q.reached[d.Setting[i]]
		if near == nil || near.Demand == nil {
			continue
		}
		switch near.Demand[i] {
		case travel.FarOff, travel.NotThere:
			far += float64(group[i])
		case travel.CutOff:
			cut += float64(group[i])
		}
	}
	args := func(people float64) coverage.Args {
		return coverage.Args{"people": whole(people), "standard": l.q.ID, "limit": l.limitM()}
	}
	if far > 0 {
		l.add("far_off", far, args(far))
	}
	if cut > 0 {
		l.add("cut_off", cut, args(cut))
	}
}

func (l *lister) limitM() float64 {
	if m := l.r.ds.Transport.Snap.LimitM; m > 0 {
		return m
	}
	return 500
}

// manyNames is how many facilities a message names.
const manyNames = 5

// facilities names those that nobody can reach by a rule.
func (l *lister) facilities(rule coverage.Rule) {
	near := l.q.reached[rule.Setting]
	var names []string
	for k, off := range near.Facilities {
		if off != travel.On {
			names = append(names, facilityName(&l.r.ds.Facilities[l.q.facilities[k]]))
		}
	}
	if len(names) > 0 {
		l.add("facility_off", 0, coverage.Args{
			"count": len(names), "standard": l.q.ID, "mode": rule.Travel.Mode, "limit": l.limitM(), "names": someNames(names),
		})
	}
}
