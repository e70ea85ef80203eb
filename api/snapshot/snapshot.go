package snapshot

import (
	"slices"
	"strings"
	"sync"

	"lifecircle/api/cache"
	"lifecircle/api/geojson"
	"lifecircle/api/problem"
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/assess"
	"lifecircle/geo/crs"
	"lifecircle/geo/tile"

	"github.com/paulmach/orb"
)

// keptRuns is how many runs a snapshot keeps: a run on a million cells takes
// some 60 MB with its tiles' sums.
const keptRuns = 6

// Snapshot is one dataset and what is derived from it, each thing when first
// asked for. It is safe for concurrent use.
type Snapshot struct {
	Data    *coverage.Dataset
	Version string // of the program
	analyst Analyst
	gate    *cache.Gate
	runs    *cache.Cache[*Answer]
	advice  *cache.Cache[*Answer]
	sharing *cache.Cache[*analysis.SharingAnswer]
	stands  *cache.Cache[*analysis.Standing]
	quick   *cache.Gate
	routes  *cache.Cache[*analysis.RouteAnswer]
	reaches *cache.Cache[*analysis.IsochroneAnswer]
	zones   map[string]int32
	shapes  []zoneShape

	Hash         func() string                   // of the content of the dataset
	Grid         func() (tile.Projection, error) // how the grid's coordinates lead to WGS 84
	rows         func() []int32                  // rows in cells, by cell
	facilityZone func() []int32                  // finest zone of each facility, -1 none
	Extent       func() []orb.Bound              // where the data lie
	ZonePeople   func() [][]float64              // people by zone (children included) and group
}

type zoneShape struct {
	once  sync.Once
	shape geojson.Shape
}

func newSnapshot(ds *coverage.Dataset, from *Source) *Snapshot {
	s := &Snapshot{
		Data: ds, Version: from.version, analyst: from.analyst, gate: from.gate,
		quick:   from.quick,
		advice:  cache.New(keptRuns, func(*Answer) int64 { return 1 }),
		sharing: cache.New(keptRuns, func(*analysis.SharingAnswer) int64 { return 1 }),
		stands:  cache.NewPatient(from.life, keptStands, func(*analysis.Standing) int64 { return 1 }),
		runs:    cache.New(keptRuns, func(*Answer) int64 { return 1 }),
		routes:  cache.New(keptRouteBytes, routeCost),
		reaches: cache.New(keptReachBytes, reachCost),
		zones:   make(map[string]int32, len(ds.Zones)),
		shapes:  make([]zoneShape, len(ds.Zones)),
	}
	for i := range ds.Zones {
		s.zones[ds.Zones[i].ID] = int32(i)
	}
	s.Hash = sync.OnceValue(func() string { return hashOf(ds) })
	s.Grid = sync.OnceValues(func() (tile.Projection, error) { return projectionOf(ds.Demand.Grid.CRS) })
	s.rows = sync.OnceValue(func() []int32 { return rowsByCell(ds.Demand.Cell) })
	s.facilityZone = sync.OnceValue(func() []int32 { return assess.FacilityZones(ds) })
	s.Extent = sync.OnceValue(s.extent)
	s.ZonePeople = sync.OnceValue(func() [][]float64 { return zonePeople(ds) })
	return s
}

func projectionOf(code string) (tile.Projection, error) {
	if code == "" {
		return tile.Projection{}, nil
	}
	c, err := crs.Parse(code)
	if err != nil || c == crs.WGS84() {
		return tile.Projection{}, err
	}
	return tile.Projection{ToWGS84: c.ToWGS84, FromWGS84: c.FromWGS84}, nil
}

// Zone returns the index of a zone of that id.
func (s *Snapshot) Zone(id string) (int32, error) {
	z, ok := s.zones[id]
	if !ok {
		return 0, problem.About("zone", &coverage.Error{
			Code: coverage.NotFound, Key: "api.zone", Args: coverage.Args{"value": id},
		})
	}
	return z, nil
}

// ZoneID is the id of a zone, "" for -1.
func (s *Snapshot) ZoneID(z int32) string {
	if z < 0 {
		return ""
	}
	return s.Data.Zones[z].ID
}

// InZone reports whether zone z is zone outer or lies below it.
func (s *Snapshot) InZone(z, outer int32) bool {
	for z >= 0 && z != outer {
		z = s.Data.Zones[z].Parent
	}
	return z >= 0
}

// ZoneShape is the outline of a zone, ready to be written.
func (s *Snapshot) ZoneShape(z int32) geojson.Shape {
	one := &s.shapes[z]
	one.once.Do(func() { one.shape = geojson.Area(s.Data.Zones[z].Geometry) })
	return one.shape
}

// FacilityZone is the finest zone that a facility stands in, -1 in none.
func (s *Snapshot) FacilityZone(f int) int32 { return s.facilityZone()[f] }

// Levels lists the zone levels, coarse to fine.
func (s *Snapshot) Levels() []string {
	return distinct(len(s.Data.Zones), func(i int) string { return s.Data.Zones[i].Level })
}

// Kinds lists the kinds of the facilities, sorted.
func (s *Snapshot) Kinds() []string {
	kinds := distinct(len(s.Data.Facilities), func(i int) string { return s.Data.Facilities[i].Kind })
	slices.Sort(kinds)
	return kinds
}

// CheckWord refuses a value of a parameter that is none of the known ones.
func CheckWord(param, value string, known []string) error {
	if value == "" || slices.Contains(known, value) {
		return nil
	}
	return problem.Param(param, "api.one_of", coverage.Args{"name": param, "value": value, "known": strings.Join(known, ", ")})
}

// distinct lists the values of n items in the order of their first appearance.
func distinct(n int, value func(i int) string) []string {
	seen, out := map[string]bool{}, []string{}
	for i := range n {
		if v := value(i); !seen[v] {
			seen[v], out = true, append(out, v)
		}
	}
	return out
}

// zonePeople sums people by zone, children included, and group.
func zonePeople(ds *coverage.Dataset) [][]float64 {
	out := make([][]float64, len(ds.Zones))
	for z := range out {
		out[z] = make([]float64, len(ds.Demand.Groups))
	}
	for i, z := range ds.Demand.Zone {
		if z >= 0 {
			for g := range out[z] {
				out[z][g] += float64(ds.Demand.Pop[g][i])
			}
		}
	}
	for z := len(out) - 1; z >= 0; z-- { // parents stand first
		if up := ds.Zones[z].Parent; up >= 0 {
			for g := range out[z] {
				out[up][g] += out[z][g]
			}
		}
	}
	return out
}
