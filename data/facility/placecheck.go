package facility

import (
	"math"
	"slices"

	"lifecircle/coverage"
	"lifecircle/data/ground"
	"lifecircle/data/source"

	"github.com/paulmach/orb"
)

// borderM is how far over the border of the stated zone a place may lie before
// it counts as in another zone, and wetM how far off the shore before it counts
// as in the water: borders and coasts are drawn no better than this.
const (
	borderM = 50.0
	wetM    = 100.0
)

// locate finds the landmass, and tells of places off the zones, off the land or
// in another zone than the list says.
func (f *facilityReader) locate(fac *coverage.Facility) {
	fac.Landmass = f.Land.At(fac.At)
	in := f.ZoneAt(fac.At)
	issue := coverage.Issue{Ref: fac.Source, Column: f.placer.Columns(), Value: source.PointText(source.Round(fac.At)), Args: coverage.Args{
		"name": fac.Name, "id": fac.ID, "snap": f.Project.LandSnapM, "lon": fac.At[0], "lat": fac.At[1],
	}}
	switch {
	case len(f.Levels) > 0 && in < 0 && f.entry.IsOSM():
		f.beyond++
	case len(f.Levels) > 0 && in < 0:
		issue.Key = "place.outside_zones"
		if f.Issues.Keeps(issue.Key) {
			issue.Args["far"] = f.FarFromZones(fac.At)
		}
	case f.Land != nil && fac.Landmass < 0:
		issue.Key = "place.off_land"
	case f.Land != nil && f.Land.Off(fac.At) > wetM:
		issue.Key = "place.in_water"
		issue.Args["metres"] = ground.Metres(f.Land.Off(fac.At))
	}
	if issue.Key != "" {
		f.Issues.Add(issue)
	}
	f.checkZone(fac, in)
}

// checkZone holds a facility's place, which is in a zone or in none (-1), against
// the zone that its list states.
func (f *facilityReader) checkZone(fac *coverage.Facility, in int32) {
	if fac.Zone == "" || len(f.Levels) == 0 {
		return
	}
	issue := coverage.Issue{Ref: fac.Source, Column: f.r.Name(f.zone), Value: fac.Zone, Args: coverage.Args{
		"name": fac.Name, "id": fac.ID, "at": source.PointText(source.Round(fac.At)), "lon": fac.At[0], "lat": fac.At[1],
	}}
	zones := f.Lists.Stated(fac.Zone)
	if zones == nil {
		issue.Key = "place.unknown_zone"
		f.unknown = append(f.unknown, issue)
		return
	}
	f.stated++
	if in < 0 || slices.Contains(zones, in) || f.offZones(zones, fac.At, 2*borderM) <= borderM {
		return // a place in none is told already
	}
	issue.Key = "place.other_zone"
	if f.Issues.Keeps(issue.Key) {
		issue.Args["in"], issue.Args["metres"] = f.Dataset.Zones[in].Name, "> 50 km"
		if off := f.offZones(zones, fac.At, ground.FarM); !math.IsInf(off, 1) {
			issue.Args["metres"] = source.People(off) + " m"
		}
	}
	f.Issues.Add(issue)
}

// offZones is how far a place lies off the nearest of some zones, infinite over
// mostM.
func (f *facilityReader) offZones(zones []int32, at orb.Point, mostM float64) float64 {
	off := math.Inf(1)
	for _, z := range zones {
		off = min(off, f.OffZone(z, at, mostM))
	}
	return off
}

// reportUnknownZones reports words for zones that no zone is called by, when
// most rows of the list do name zones that are known: another list may name
// zones of a level that the project does not have.
func (f *facilityReader) reportUnknownZones() {
	if int64(len(f.unknown))*4 > f.stated {
		return
	}
	for _, i := range f.unknown {
		f.Issues.Add(i)
	}
}

// checkCapacity reports beds or places beyond what the kind can have, and
// broken ones; they are kept.
func (f *facilityReader) checkCapacity(issue coverage.Issue, kind string, v float64) {
	limit := f.kinds.Limit(kind)
	switch {
	case limit > 0 && v > limit:
		issue.Key = "facility.capacity_large"
		issue.Args = coverage.Args{"kind": kind, "limit": limit}
	case v != math.Trunc(v):
		issue.Key = "facility.capacity_fraction"
	default:
		return
	}
	f.Issues.Add(issue)
}

// reportBeyond tells how many places of an extract lie in no zone: extracts are
// cut larger than projects. They are kept, for people near the border.
func (f *facilityReader) reportBeyond() {
	if f.beyond > 0 {
		f.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: f.entry.File}, Key: "osm.beyond", Value: source.People(float64(f.beyond)), Args: coverage.Args{"count": f.beyond, "of": f.r.Rows()}})
	}
}
