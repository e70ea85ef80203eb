package scenario

import (
	"fmt"
	"slices"
	"strings"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// Changes are what is done to facilities. The zero value changes nothing.
type Changes struct {
	Add   []coverage.Facility // Kind and At are needed; no ID: "new-1", "new-2" ...
	Close []string            // ids
	Move  []Move
}

// Move puts a facility to another place.
type Move struct {
	ID string
	To orb.Point
}

// Empty reports whether nothing changes.
func (c Changes) Empty() bool { return len(c.Add)+len(c.Close)+len(c.Move) == 0 }

// Apply makes the changed dataset. Facilities keep their numbers: closed ones stay
// with the status "closed", new ones come last. landOf tells the landmass of a
// place, -1 none. Errors, all at once: NotFound for an unknown id, Invalid for
// what cannot be done (a place off the Earth, an id that is there already, one
// facility changed twice).
func Apply(ds *coverage.Dataset, c Changes, landOf func(orb.Point) int32) (*coverage.Dataset, error) {
	a := applier{landOf: landOf, number: make(map[string]int, len(ds.Facilities)), touched: map[int]bool{}}
	a.list = slices.Clone(ds.Facilities)
	for i := range a.list {
		a.number[a.list[i].ID] = i
	}
	for _, id := range c.Close {
		if i, ok := a.find(id); ok {
			a.list[i].Status = "closed"
		}
	}
	for _, m := range c.Move {
		if i, ok := a.find(m.ID); ok && a.place(m.To) {
			a.list[i].At, a.list[i].Landmass = m.To, landOf(m.To)
		}
	}
	for _, f := range c.Add {
		a.add(f)
	}
	if a.err != nil {
		return nil, a.err
	}
	changed := *ds
	changed.Facilities = a.list
	return &changed, nil
}

// applier keeps the first fault.
type applier struct {
	list    []coverage.Facility
	number  map[string]int
	touched map[int]bool
	landOf  func(orb.Point) int32
	err     error
}

func (a *applier) fail(code coverage.Code, key string, args coverage.Args) {
	if a.err == nil {
		a.err = &coverage.Error{Code: code, Key: key, Args: args}
	}
}

// find returns the number of a facility that may be changed.
func (a *applier) find(id string) (int, bool) {
	i, ok := a.number[id]
	switch {
	case !ok:
		a.fail(coverage.NotFound, "scenario.facility", coverage.Args{"id": id})
	case a.touched[i]:
		a.fail(coverage.Invalid, "scenario.twice", coverage.Args{"id": id})
	case a.list[i].Status != "" && a.list[i].Status != "open":
		a.fail(coverage.Invalid, "scenario.not_open", coverage.Args{"id": id, "status": a.list[i].Status})
	default:
		a.touched[i] = true
		return i, true
	}
	return 0, false
}

func (a *applier) place(at orb.Point) bool {
	ok := at[0] >= -180 && at[0] <= 180 && at[1] >= -90 && at[1] <= 90
	if !ok {
		a.fail(coverage.Invalid, "scenario.place", coverage.Args{"lon": at[0], "lat": at[1]})
	}
	return ok
}

func (a *applier) add(f coverage.Facility) {
	if strings.TrimSpace(f.Kind) == "" {
		a.fail(coverage.Invalid, "scenario.kind", nil)
	}
	for n := 1; f.ID == ""; n++ {
		if id := fmt.Sprintf("new-%d", n); !a.has(id) {
			f.ID = id
		}
	}
	if a.has(f.ID) {
		a.fail(coverage.Invalid, "scenario.id", coverage.Args{"id": f.ID})
	}
	if !a.place(f.At) {
		return
	}
	if f.Site == "" {
		f.Site = f.ID
	}
	if f.Name == "" {
		f.Name = f.ID
	}
	f.Landmass = a.landOf(f.At)
	a.number[f.ID] = len(a.list)
	a.list = append(a.list, f)
}

func (a *applier) has(id string) bool { _, ok := a.number[id]; return ok }
