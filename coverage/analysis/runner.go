package analysis

import (
	"context"
	"slices"
	"strings"

	"lifecircle/coverage"
	"lifecircle/coverage/assess"
	"lifecircle/coverage/gap"
	"lifecircle/coverage/travel"
	"lifecircle/coverage/travel/mode"

	"github.com/paulmach/orb"
)

// runner is the work of one run.
type runner struct {
	*Engine
	options  coverage.RunOptions
	straight map[string]travel.Nearest // by kinds: standards of one service share the search
	p        coverage.Progress
}

// question is one standard on its way to an answer.
type question struct {
	coverage.Standard
	facilities []int32
	at         travel.Points
	reached    [assess.Settings]*mode.Reached // nil where the standard has no rule
}

// answers are what was reached, by setting.
func (q *question) answers() (list [assess.Settings]travel.Answer) {
	for at, near := range q.reached {
		if near != nil {
			list[at] = near.Answer
		}
	}
	return list
}

func (r *runner) standard(ctx context.Context, s coverage.Standard) (coverage.Coverage, []coverage.LeftOut, error) {
	facilities := r.facilities(s.Kinds)
	q := question{Standard: s, facilities: facilities, at: r.facilityPoints(facilities)}
	if err := r.reach(ctx, &q); err != nil {
		return coverage.Coverage{}, nil, err
	}
	answer, err := assess.Judge(ctx, r.ds, s, q.answers(), facilities)
	if err != nil {
		return answer, nil, err
	}
	if err := r.refine(ctx, &q, &answer); err != nil {
		return answer, nil, err
	}
	want := assess.Choice{Groups: r.options.Groups, Levels: r.options.Levels}
	if answer.Rows, err = assess.Table(ctx, r.ds, &answer, want, facilities, r.facilityZones()); err != nil {
		return answer, nil, err
	}
	answer.Gaps, err = gap.Find(ctx, r.ds, &answer, gap.Options{Landmass: r.options.Landmass, MinPeople: r.options.MinPeople})
	return answer, r.leftByTravel(&q), err
}

// reach finds the nearest facilities by the rule of every setting; rules that
// travel alike are searched once.
func (r *runner) reach(ctx context.Context, q *question) error {
	done := map[coverage.Rule]*mode.Reached{}
	for at := range q.reached {
		rule, ok := q.RuleFor(coverage.Setting(at))
		if !ok {
			continue
		}
		alike := rule
		alike.Setting, alike.Threshold = coverage.SettingAny, coverage.Threshold{}
		if rule.Threshold.IsTime() {
			alike.Threshold.Seconds = 1
		}
		if done[alike] == nil {
			near, err := r.nearest(ctx, q, rule)
			if err != nil {
				return err
			}
			done[alike] = near
		}
		q.reached[at] = done[alike]
	}
	return nil
}

func (r *runner) nearest(ctx context.Context, q *question, rule coverage.Rule) (*mode.Reached, error) {
	if rule.Travel.Mode != coverage.ModeLine {
		way, err := r.way(ctx, rule, r.options)
		if err != nil {
			return nil, err
		}
		return way.Nearest(ctx, q.at, r.demandPoints(), r.p)
	}
	near, err := r.straightNearest(ctx, q)
	return &mode.Reached{Answer: travel.UnderRule(near, rule)}, err
}

// straightNearest keeps the straight distances to facilities of some kinds, which
// serve rules of every speed.
func (r *runner) straightNearest(ctx context.Context, q *question) (travel.Nearest, error) {
	key := strings.Join(q.Kinds, "\x00")
	if near, ok := r.straight[key]; ok {
		return near, nil
	}
	near, err := travel.Straight(ctx, q.at, r.demandPoints(), r.p)
	if err == nil {
		r.straight[key] = near
	}
	return near, err
}

// refine adds what is only computed when asked for: shares of cells, and the
// number of facilities within reach.
func (r *runner) refine(ctx context.Context, q *question, answer *coverage.Coverage) error {
	if r.options.CellRule == coverage.CellArea {
		radiusM, class := assess.Radii(r.ds, q.Standard)
		corners, err := assess.CellCorners(r.ds.Demand)
		if err != nil {
			return err
		}
		near, err := r.straightNearest(ctx, q)
		if err != nil {
			return err
		}
		if answer.Served, err = travel.NewLine(q.at).WithinShare(ctx, r.demandPoints(), near, radiusM, class, corners, r.p); err != nil {
			return err
		}
	}
	if !r.options.Within {
		return nil
	}
	return r.countWithin(ctx, q, answer)
}

// countWithin counts facilities within reach, each row by the rule of its
// setting; not at all when some rule's way to travel does not count.
func (r *runner) countWithin(ctx context.Context, q *question, answer *coverage.Coverage) error {
	limit, class := assess.Limits(r.ds, q.Standard)
	total := make([]uint16, r.ds.Demand.Len())
	for _, rule := range q.Rules {
		way, err := r.way(ctx, rule, r.options)
		if err != nil {
			return err
		}
		part := slices.Clone(limit)
		for at := range part {
			if own, ok := q.RuleFor(coverage.Setting(at)); !ok || own != rule {
				part[at] = 0
			}
		}
		counts, err := way.Count(ctx, q.at, r.demandPoints(), part, class, r.p)
		if err != nil || counts == nil {
			return err
		}
		for i, n := range counts {
			total[i] += n // of the other rules' settings it is 0
		}
	}
	answer.Within = total
	return nil
}

// facilities lists the open facilities of the kinds, by index into the dataset.
func (r *runner) facilities(kinds []string) []int32 {
	var out []int32
	for i := range r.ds.Facilities {
		f := &r.ds.Facilities[i]
		if (f.Status == "" || f.Status == "open") && slices.Contains(kinds, f.Kind) {
			out = append(out, int32(i))
		}
	}
	return out
}

func (r *runner) facilityPoints(list []int32) travel.Points {
	return r.openTo(FacilityPoints(r.ds, list, r.options.Landmass), r.ds, list, r.options)
}

// FacilityPoints are the places of facilities with their delays; landmass puts
// each on its own.
func FacilityPoints(ds *coverage.Dataset, list []int32, landmass bool) travel.Points {
	p := travel.Points{At: make([]orb.Point, len(list))}
	for k, i := range list {
		f := &ds.Facilities[i]
		p.At[k] = f.At
		if landmass {
			p.Land = append(p.Land, f.Landmass)
		}
		if f.DelayS > 0 && p.DelayMS == nil {
			p.DelayMS = make([]uint32, len(list))
		}
		if f.DelayS > 0 {
			p.DelayMS[k] = uint32(f.DelayS) * 1000
		}
	}
	return p
}

func (r *runner) demandPoints() travel.Points {
	p := travel.Points{At: r.ds.Demand.At}
	if r.options.Landmass {
		p.Land = r.ds.Demand.Landmass
	}
	if r.options.Borders != "" {
		p.Ward = r.borders().wards()
	}
	return p
}
