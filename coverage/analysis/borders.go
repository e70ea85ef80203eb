package analysis

import (
	"context"
	"slices"
	"sync"

	"lifecircle/coverage"
	"lifecircle/coverage/border"
	"lifecircle/coverage/scenario"
	"lifecircle/coverage/travel"
	"lifecircle/coverage/travel/mode"

	"github.com/paulmach/orb"
)

// borders are the zones of a dataset as borders see them, and the ward of every
// demand row.
type borders struct {
	*border.Map
	wards func() []int32
}

func newBorders(ds *coverage.Dataset) *borders {
	b := &borders{Map: border.New(ds.Zones)}
	b.wards = sync.OnceValue(func() []int32 {
		out := make([]int32, ds.Demand.Len())
		for i, z := range ds.Demand.Zone {
			out[i] = b.Ward(z)
		}
		return out
	})
	return b
}

// way is the way to travel of a rule, which heeds borders where they count.
func (e *Engine) way(ctx context.Context, rule coverage.Rule, o coverage.RunOptions) (mode.Impedance, error) {
	way, err := e.book.For(ctx, rule, o.Landmass)
	if err != nil || o.Borders == "" {
		return way, err
	}
	return mode.Bordered(way), nil
}

// openTo adds who may use each of some facilities.
func (e *Engine) openTo(p travel.Points, ds *coverage.Dataset, list []int32, o coverage.RunOptions) travel.Points {
	if o.Borders == "" {
		return p
	}
	p.Users = make([]travel.Users, len(list))
	for k, i := range list {
		p.Users[k] = e.users(ds, i, o)
	}
	return p
}

// users are those who may use a facility of the dataset, or of one with other
// facilities.
func (e *Engine) users(ds *coverage.Dataset, facility int32, o coverage.RunOptions) travel.Users {
	var s border.Share
	if f := &ds.Facilities[facility]; !o.OwnOnly {
		s, _ = e.borders().Read(f.Share)
	}
	return e.borders().Users(e.home(ds, facility, o), s)
}

// home is the zone on whose side of the borders a facility stands, -1 for none.
func (e *Engine) home(ds *coverage.Dataset, facility int32, o coverage.RunOptions) int32 {
	at := ds.Facilities[facility].At
	if int(facility) < len(e.ds.Facilities) && at == e.ds.Facilities[facility].At {
		return e.borders().Home(e.facilityZones()[facility], o.Borders)
	}
	return e.borders().Home(e.ZoneAt(at), o.Borders) // built or moved on paper
}

// openAt are those of some facilities that people at a place may use.
func (e *Engine) openAt(at orb.Point, list []int32, o coverage.RunOptions) []int32 {
	if o.Borders == "" {
		return list
	}
	ward := e.borders().Ward(e.ZoneAt(at))
	return slices.DeleteFunc(list, func(f int32) bool { return !e.users(e.ds, f, o).Have(ward) })
}

// newPlaces adds who may use what would stand at some places: the people of each
// one's own zone. standing are facilities: the first place at the spot of some is
// the first of them, and so on.
func (e *Engine) newPlaces(p travel.Points, standing []int32, o coverage.RunOptions) travel.Points {
	if o.Borders == "" {
		return p
	}
	there := map[orb.Point][]int32{}
	for _, f := range standing {
		at := e.ds.Facilities[f].At
		there[at] = append(there[at], f)
	}
	p.Users = make([]travel.Users, len(p.At))
	for k, at := range p.At {
		if list := there[at]; len(list) > 0 {
			p.Users[k], there[at] = e.users(e.ds, list[0], o), list[1:]
			continue
		}
		p.Users[k] = e.borders().Users(e.borders().Home(e.ZoneAt(at), o.Borders), border.Share{})
	}
	return p
}

// standing are the facilities of a standing choice, in order.
func (s *Standing) standing() []int32 {
	var list []int32
	for i := range s.parts {
		list = append(list, s.parts[i].q.facilities...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// sharesOf refuses new facilities whose share nobody understands.
func (s *Standing) sharesOf(changes scenario.Changes) error {
	for _, f := range changes.Add {
		if _, faults := s.runner.borders().Read(f.Share); len(faults) > 0 {
			return invalid("scenario.share", coverage.Args{"part": faults[0].Part, "zones": faults[0].Zones})
		}
	}
	return nil
}

// pointsOf are the places of facilities after changes.
func (s *Standing) pointsOf(after *coverage.Dataset, list []int32) travel.Points {
	return s.runner.openTo(FacilityPoints(after, list, s.options.Landmass), after, list, s.options)
}
