package remedy

import (
	"context"

	"lifecircle/coverage"
)

// sharing is the facility across a border that would serve most people of a gap.
type sharing struct {
	facility int32
	people   float64
}

// across finds for each gap the facility that would serve most of its people if
// it opened to them: of equal ones the first.
func (f *finder) across(ctx context.Context, gaps int) error {
	f.shared = make([]sharing, gaps)
	if len(f.w.Barred) == 0 {
		return nil
	}
	served := map[key]float64{}
	for _, rule := range f.c.Standard.Rules {
		rows := f.rowsOf(rule)
		if len(rows) == 0 {
			continue
		}
		m, err := f.w.Across(ctx, f.w.Barred, rule, rows)
		if err != nil {
			return err
		}
		for i := range f.w.Barred {
			for k := m.First[i]; k < m.First[i+1]; k++ {
				row := rows[m.Row[k]]
				served[key{int32(i), f.gapOf[row]}] += float64(f.people[row])
			}
		}
	}
	for at, people := range served {
		best, facility := &f.shared[at.gap], f.w.Barred[at.place]
		if people > best.people || people == best.people && people > 0 && facility < best.facility {
			*best = sharing{facility, people}
		}
	}
	return nil
}

// sharing is the remedy of a gap across a border; nobody's where there is none.
func (f *finder) sharing(gap int32) coverage.Remedy {
	best := f.shared[gap]
	if best.people <= 0 {
		return coverage.Remedy{}
	}
	h := &f.w.Data.Facilities[best.facility]
	r := coverage.Remedy{Kind: "sharing", At: h.At, Facility: h.ID, Name: h.Name, People: best.people, Cost: f.o.Costs.Sharing}
	r.Zone, r.ZoneName = f.w.Side(best.facility)
	return r
}
