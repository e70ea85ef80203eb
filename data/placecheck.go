package data

import (
	"math"
	"strings"
	"unicode/utf8"

	"lifecircle/coverage"
	"lifecircle/data/audit"
	"lifecircle/geo/zonal"

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
	fac.Landmass = f.land.at(fac.At)
	issue := coverage.Issue{Ref: fac.Source, Column: f.placer.columns(), Value: pointText(round(fac.At)), Args: coverage.Args{
		"name": fac.Name, "id": fac.ID, "snap": f.project.LandSnapM, "lon": fac.At[0], "lat": fac.At[1],
	}}
	switch {
	case len(f.levels) > 0 && f.zoneAt(fac.At) < 0 && f.entry.IsOSM():
		f.beyond++
	case len(f.levels) > 0 && f.zoneAt(fac.At) < 0:
		issue.Key = "place.outside_zones"
		issue.Args["far"] = f.farFromZones(fac.At)
	case f.land != nil && fac.Landmass < 0:
		issue.Key = "place.off_land"
	case f.land != nil && f.land.off(fac.At) > wetM:
		issue.Key = "place.in_water"
		issue.Args["metres"] = metres(f.land.off(fac.At))
	}
	if issue.Key != "" {
		f.iss.Add(issue)
	}
	f.checkZone(fac)
}

// off is how far a point lies off the nearest land within the snapping
// distance, 0 on land.
func (k *lookup) off(p orb.Point) float64 {
	if k.index.Find(p) >= 0 {
		return 0
	}
	_, d := k.index.Nearest(p, k.snapM)
	return d
}

func metres(d float64) int { return int(math.Round(d)) }

// farFromZones says how far off the nearest zone is, for messages.
func (l *loader) farFromZones(p orb.Point) string {
	const most = 50e3
	best := math.Inf(1)
	for _, lv := range l.levels {
		_, d := lv.index.Nearest(p, most)
		best = min(best, d)
	}
	if math.IsInf(best, 1) {
		return "> 50 km"
	}
	return people(best) + " m"
}

// stated finds the zones that a list may mean by a word: by id or name, else by
// a name that the word ends with ("咸宁市咸安区"). Nil: none is so called.
func (l *loader) stated(word string) []int32 {
	if l.byName == nil {
		l.byName = map[string][]int32{}
		for i, z := range l.ds.Zones {
			for _, name := range []string{audit.PlainName(z.ID), audit.PlainName(z.Name)} {
				if list := l.byName[name]; name != "" && (len(list) == 0 || list[len(list)-1] != int32(i)) {
					l.byName[name] = append(list, int32(i))
				}
			}
		}
	}
	w := audit.PlainName(word)
	if found := l.byName[w]; found != nil {
		return found
	}
	for i := range w {
		if tail := w[i:]; i > 0 && utf8.RuneCountInString(tail) >= 2 && l.byName[tail] != nil && !isDigits(tail) {
			return l.byName[tail]
		}
	}
	return nil
}

func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// checkZone holds a facility's place against the zone that its list states.
func (f *facilityReader) checkZone(fac *coverage.Facility) {
	if fac.Zone == "" || len(f.levels) == 0 {
		return
	}
	issue := coverage.Issue{Ref: fac.Source, Column: f.r.name(f.zone), Value: fac.Zone, Args: coverage.Args{
		"name": fac.Name, "id": fac.ID, "at": pointText(round(fac.At)), "lon": fac.At[0], "lat": fac.At[1],
	}}
	zones := f.loader.stated(fac.Zone)
	if zones == nil {
		issue.Key = "place.unknown_zone"
		f.unknown = append(f.unknown, issue)
		return
	}
	f.stated++
	in := f.zoneAt(fac.At)
	if in < 0 {
		return // told already
	}
	off := math.Inf(1)
	for _, z := range zones {
		off = min(off, f.offZone(z, fac.At))
	}
	if off <= borderM {
		return
	}
	issue.Key = "place.other_zone"
	issue.Args["in"], issue.Args["metres"] = f.ds.Zones[in].Name, "> 50 km"
	if !math.IsInf(off, 1) {
		issue.Args["metres"] = people(off) + " m"
	}
	f.iss.Add(issue)
}

// offZone is how far a point lies off a zone in metres, 0 inside, infinite over
// 50 km.
func (l *loader) offZone(z int32, p orb.Point) float64 {
	if l.single == nil {
		l.single = map[int32]*zonal.Index{}
	}
	x := l.single[z]
	if x == nil {
		x = zonal.New([]orb.MultiPolygon{l.ds.Zones[z].Geometry})
		l.single[z] = x
	}
	_, d := x.Nearest(p, 50e3)
	return d
}

// reportUnknownZones reports words for zones that no zone is called by, when
// most rows of the list do name zones that are known: another list may name
// zones of a level that the project does not have.
func (f *facilityReader) reportUnknownZones() {
	if int64(len(f.unknown))*4 > f.stated {
		return
	}
	for _, i := range f.unknown {
		f.iss.Add(i)
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
	f.iss.Add(issue)
}

// checkTwins reports facilities that stand in the lists twice. Both are kept.
func (l *loader) checkTwins() {
	for _, t := range audit.Twins(l.ds.Facilities) {
		a, b := l.ds.Facilities[t.First], l.ds.Facilities[t.Second]
		l.iss.Add(coverage.Issue{Ref: b.Source, Key: "facility.near_duplicate", Column: l.nameColumns[b.Source.File], Value: b.Name, Args: coverage.Args{
			"id": b.ID, "first": a.Name, "first_id": a.ID, "first_file": a.Source.File, "first_row": a.Source.Row,
			"metres": metres(t.Metres), "lon": b.At[0], "lat": b.At[1],
		}})
	}
}
