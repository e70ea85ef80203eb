package features

import (
	"math"
	"net/http"
	"slices"

	"lifecircle/api/geojson"
	"lifecircle/api/query"
	"lifecircle/api/route"
	"lifecircle/api/snapshot"
	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// Routes are the routes of this package.
func Routes() []route.Route {
	choice, list := query.ChoiceParams, query.ListParams
	return []route.Route{
		{Path: "/facilities", Params: route.With([]string{"kind", "zone"}, list), Handle: facilities},
		{Path: "/zones", Params: route.With([]string{"level"}, list), Handle: zones},
		{Path: "/demand", Params: route.With([]string{"zone"}, list), Handle: demand},
		{Path: "/coverage", Params: route.With(choice, []string{"level", "setting"}, list), Handle: covered},
		{Path: "/gaps", Params: route.With(choice, []string{"min_people", "remedies"}, list), Handle: gaps},
		{Path: "/sharing", Params: route.With([]string{"standard", "kind", "within", "borders", "level"}, query.TravelParams), Handle: sharing},
		{Path: "/circles", Params: route.With(choice, list), Handle: circles},
		{Path: "/at", Params: route.With([]string{"lon", "lat"}, choice), Handle: at},
	}
}

// list answers with a page of the features whose numbers are in matched.
func list(w http.ResponseWriter, r *route.Request, p query.Page, matched []int32, make func(i int32) (geojson.Feature, error), extra ...geojson.Member) error {
	page, links := route.Window(r, p, matched)
	c := geojson.Collection{Matched: len(matched), Links: links, Members: extra}
	for n, i := range page {
		if n%4096 == 0 && r.Context().Err() != nil {
			return r.Context().Err()
		}
		f, err := make(i)
		if err != nil {
			return err
		}
		c.Features = append(c.Features, f)
	}
	return route.Collection(w, c)
}

// choose lists the numbers of 0..n-1 that are wanted.
func choose(r *route.Request, n int, wanted func(i int) (bool, error)) ([]int32, error) {
	var out []int32
	for i := range n {
		if i%4096 == 0 && r.Context().Err() != nil {
			return nil, r.Context().Err()
		}
		ok, err := wanted(i)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, int32(i))
		}
	}
	return out, nil
}

// zoneFilter reads parameter zone; -1 is everywhere.
func zoneFilter(r *route.Request) (int32, error) {
	id := r.Query.Get("zone")
	if id == "" {
		return -1, nil
	}
	return r.Data.Zone(id)
}

type facilityProperties struct {
	ID         string  `json:"id"`
	Name       string  `json:"name"`
	Kind       string  `json:"kind"`
	Tier       string  `json:"tier"`
	Capacity   float64 `json:"capacity"`
	Zone       string  `json:"zone"`
	ZoneStated string  `json:"zone_stated,omitempty"`
	Status     string  `json:"status"`
	Site       string  `json:"site"`
	DelayS     int32   `json:"delay_s,omitempty"`
}

func facilities(w http.ResponseWriter, r *route.Request) error {
	page, err := r.Query.Page()
	if err != nil {
		return err
	}
	kinds, err := r.Query.List("kind")
	if err != nil {
		return err
	}
	all := r.Data.Data.Facilities
	known := r.Data.Kinds()
	for _, k := range kinds {
		if err := snapshot.CheckWord("kind", k, known); err != nil {
			return err
		}
	}
	zone, err := zoneFilter(r)
	if err != nil || route.Fresh(w, r) {
		return err
	}
	matched, err := choose(r, len(all), func(i int) (bool, error) {
		return (kinds == nil || slices.Contains(kinds, all[i].Kind)) && page.Touches(all[i].At.Bound()) &&
			(zone < 0 || r.Data.InZone(r.Data.FacilityZone(i), zone)), nil
	})
	if err != nil {
		return err
	}
	return list(w, r, page, matched, func(i int32) (geojson.Feature, error) {
		f := &all[i]
		return geojson.Feature{ID: f.ID, Shape: geojson.Point(f.At), Properties: facilityProperties{
			ID: f.ID, Name: f.Name, Kind: f.Kind, Tier: f.Tier, Capacity: f.Capacity,
			Zone: r.Data.ZoneID(r.Data.FacilityZone(int(i))), ZoneStated: f.Zone, Status: status(f), Site: site(f), DelayS: f.DelayS,
		}}, nil
	})
}

func status(f *coverage.Facility) string {
	if f.Status == "" {
		return "open"
	}
	return f.Status
}

func site(f *coverage.Facility) string {
	if f.Site == "" {
		return f.ID
	}
	return f.Site
}

type zoneProperties struct {
	ID         string             `json:"id"`
	Name       string             `json:"name"`
	Level      string             `json:"level"`
	Parent     string             `json:"parent"`
	Setting    string             `json:"setting"`
	Population map[string]float64 `json:"population"`
}

func zones(w http.ResponseWriter, r *route.Request) error {
	page, err := r.Query.Page()
	if err != nil {
		return err
	}
	level := r.Query.Get("level")
	if err := snapshot.CheckWord("level", level, r.Data.Levels()); err != nil || route.Fresh(w, r) {
		return err
	}
	all := r.Data.Data.Zones
	matched, err := choose(r, len(all), func(i int) (bool, error) {
		return (level == "" || all[i].Level == level) && touches(page, r.Data.ZoneShape(int32(i))), nil
	})
	if err != nil {
		return err
	}
	return list(w, r, page, matched, func(i int32) (geojson.Feature, error) {
		z := &all[i]
		return geojson.Feature{ID: z.ID, Shape: r.Data.ZoneShape(i), Properties: zoneProperties{
			ID: z.ID, Name: z.Name, Level: z.Level, Parent: r.Data.ZoneID(z.Parent), Setting: z.Setting.String(),
			Population: byGroup(r.Data.Data.Demand.Groups, r.Data.ZonePeople()[i]),
		}}, nil
	})
}

func touches(p query.Page, s geojson.Shape) bool {
	return p.Boxes == nil || slices.ContainsFunc(s.Bounds, p.Touches)
}

func byGroup(groups []string, people []float64) map[string]float64 {
	out := make(map[string]float64, len(groups))
	for g, name := range groups {
		out[name] = people[g]
	}
	return out
}

type demandProperties struct {
	Cell    int32              `json:"cell"`
	Zone    string             `json:"zone"`
	Setting string             `json:"setting"`
	Pop     map[string]float64 `json:"pop"`
}

func demand(w http.ResponseWriter, r *route.Request) error {
	page, err := r.Query.Page()
	if err != nil {
		return err
	}
	zone, err := zoneFilter(r)
	if err != nil || route.Fresh(w, r) {
		return err
	}
	d := r.Data.Data.Demand
	matched, err := choose(r, d.Len(), func(i int) (bool, error) {
		if zone >= 0 && !r.Data.InZone(d.Zone[i], zone) {
			return false, nil
		}
		return rowTouches(r.Data, page, i)
	})
	if err != nil {
		return err
	}
	return list(w, r, page, matched, func(i int32) (geojson.Feature, error) {
		shape, err := rowShape(r.Data, int(i))
		pop := map[string]float64{}
		for g, name := range d.Groups {
			pop[name] = float64(d.Pop[g][i])
		}
		return geojson.Feature{ID: i, Shape: shape, Properties: demandProperties{
			Cell: d.Cell[i], Zone: r.Data.ZoneID(d.Zone[i]), Setting: d.Setting[i].String(), Pop: pop,
		}}, err
	})
}

// rowTouches decides by the outline of the cell, which is only looked at when
// its centre is near a box and not in it.
func rowTouches(s *snapshot.Snapshot, p query.Page, i int) (bool, error) {
	at := s.Data.Demand.At[i]
	if p.Touches(at.Bound()) {
		return true, nil
	}
	reachX, reachY := s.CellReach(at[1])
	if !p.Touches(orb.Bound{Min: orb.Point{at[0] - reachX, at[1] - reachY}, Max: orb.Point{at[0] + reachX, at[1] + reachY}}) &&
		math.Abs(at[0])+reachX < 180 {
		return false, nil
	}
	outline, ok, err := s.Outline(i)
	if err != nil || !ok {
		return false, err
	}
	return touches(p, geojson.Area(orb.MultiPolygon{outline})), nil
}

func rowShape(s *snapshot.Snapshot, i int) (geojson.Shape, error) {
	outline, ok, err := s.Outline(i)
	if err != nil || ok {
		return geojson.Area(orb.MultiPolygon{outline}), err
	}
	return geojson.Point(s.Data.Demand.At[i]), nil
}
