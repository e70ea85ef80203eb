package ground

import (
	"fmt"

	"lifecircle/coverage"
	"lifecircle/data/audit"
	"lifecircle/data/source"
	"lifecircle/geo/crs"
	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

// Trail is the coordinates of a list as they were read, before any judgement,
// and the zones that their rows state (nil: none that is known).
type Trail struct {
	raw    []orb.Point
	stated [][]int32
}

// Add notes the last row that p read, and the zones that it states.
func (t *Trail) Add(p *Placer, zones []int32) {
	if p.read {
		t.raw, t.stated = append(t.raw, p.last), append(t.stated, zones)
	}
}

// fewest is how many rows of a list have to name their zones for these to be
// what the list is held against.
const fewest = 3

// AuditPoints says when the places of a list fit their stated zones, or the
// zones at all, or the land, much better in another system than the declared.
// Nothing is moved. A list of which nothing is said waits for [Ground.AuditRoads].
func (l *Ground) AuditPoints(t *Trail, r *source.Records) {
	if len(t.raw) < fewest || l.auditPlaces(t, r) {
		return
	}
	l.quiet = append(l.quiet, quietList{raw: t.raw, crs: r.CRS, file: r.File, layer: r.Layer})
}

func (l *Ground) auditPlaces(t *Trail, r *source.Records) bool {
	if len(l.Levels) == 0 {
		return false
	}
	near := l.middle()
	if raw, zones := t.withZones(); len(raw) >= fewest {
		f, found := audit.Best(raw, r.CRS, near, func(i int, at orb.Point) bool {
			for _, z := range zones[i] {
				if l.OffZone(z, at, 1) == 0 {
					return true
				}
			}
			return false
		})
		if found {
			l.auditIssue(r, "audit.stated_zones", f)
			return true
		}
	}
	f, found := audit.Best(t.raw, r.CRS, near, func(_ int, at orb.Point) bool { return l.ZoneAt(at) >= 0 })
	if found {
		l.auditIssue(r, "audit.zones", f)
		return true
	}
	if l.Land == nil {
		return false
	}
	f, found = audit.Best(t.raw, r.CRS, near, func(_ int, at orb.Point) bool { return l.Land.Index.Find(at) >= 0 })
	if found {
		l.auditIssue(r, "audit.land", f)
	}
	return found
}

// middle is about where the zones are.
func (l *Ground) middle() orb.Point {
	bound := l.Dataset.Zones[0].Geometry.Bound()
	for _, z := range l.Dataset.Zones[1:] {
		bound = bound.Union(z.Geometry.Bound())
	}
	return bound.Center()
}

// quietList is a list that zones and land say nothing against.
type quietList struct {
	raw         []orb.Point
	crs         crs.CRS
	file, layer string
}

// AuditRoads says when the places of a list lie much nearer to roads in another
// system than the declared. It needs the roads of Dataset.Transport, and the
// lists that were audited before; without either it does nothing. Nothing is
// moved.
func (l *Ground) AuditRoads() {
	t := l.Dataset.Transport
	if t == nil || t.Roads == nil || len(l.quiet) == 0 {
		return
	}
	lists := make([]audit.RoadList, len(l.quiet))
	for i, q := range l.quiet {
		lists[i] = audit.RoadList{Raw: q.raw, Declared: q.crs, Readings: audit.Readings(q.crs)}
	}
	best, told := audit.ByRoads(lists, audit.Streets(t.Roads))
	for i, q := range l.quiet {
		if f := best[i]; told[i] {
			l.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: q.file, Sheet: q.layer}, Key: "audit.roads", Value: f.Reading.Name, Args: coverage.Args{
				"crs": q.crs.Code(), "of": f.Of, "before": source.People(f.BeforeM), "after": source.People(f.AfterM), "nearer": f.Nearer, "further": f.Further,
			}})
		}
	}
}

func (t *Trail) withZones() (raw []orb.Point, zones [][]int32) {
	for i, z := range t.stated {
		if z != nil {
			raw, zones = append(raw, t.raw[i]), append(zones, z)
		}
	}
	return raw, zones
}

func (l *Ground) auditIssue(r *source.Records, key string, f audit.Figures) {
	l.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: r.File, Sheet: r.Layer}, Key: key, Value: f.Reading.Name, Args: coverage.Args{
		"crs": r.CRS.Code(), "of": f.Of, "before": f.Before, "after": f.After, "gained": f.Gained, "lost": f.Lost,
	}})
}

// AuditZones holds the zones of every level against the level above, and the
// finest one against the land, where that is a file of its own.
func (l *Ground) AuditZones() error {
	for i := range l.Levels {
		if i > 0 {
			l.misfit("audit.parents", i, l.layerOf(i-1), l.Levels[i-1].Name)
		}
	}
	if last := len(l.Levels) - 1; last >= 0 && l.Land != nil && !l.Project.Land.FromZones() {
		l.misfit("audit.zones_land", last, audit.Layer{Polygons: l.Land.parts, CRS: l.Land.crs}, l.Project.Land.File)
	}
	return l.Context.Err()
}

func (l *Ground) layerOf(i int) audit.Layer {
	lv := l.Levels[i]
	out := audit.Layer{CRS: lv.crs}
	for _, z := range l.Dataset.Zones[lv.First : lv.First+lv.Count] {
		out.Polygons = append(out.Polygons, z.Geometry)
	}
	return out
}

func (l *Ground) misfit(key string, level int, outer audit.Layer, name string) {
	inner := l.layerOf(level)
	if inner.CRS.IsZero() || outer.CRS.IsZero() {
		return // of several systems
	}
	s, found := audit.Misfit(inner, outer)
	if !found {
		return
	}
	file, declared := l.ZoneRefs[l.Levels[level].First].File, inner.CRS
	wrong := file
	if s.Other {
		wrong, declared = name, outer.CRS
	}
	l.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: file}, Key: key, Value: s.Reading.Name, Args: coverage.Args{
		"level": l.Levels[level].Name, "other": name, "wrong": wrong, "crs": declared.Code(),
		"before": percent3(s.Before), "after": percent3(s.After), "before_km2": fmt.Sprintf("%.1f", s.Before*s.KM2), "after_km2": fmt.Sprintf("%.1f", s.After*s.KM2),
	}})
}

// AuditPeople says when far fewer people live outside all zones once the zones
// are read in another system.
func (l *Ground) AuditPeople() {
	d := l.Dataset.Demand
	if len(l.Levels) == 0 || d == nil || len(d.Groups) == 0 {
		return
	}
	at, weight := l.somePeople()
	c := l.Levels[0].crs
	for _, lv := range l.Levels {
		if lv.crs != c {
			return
		}
	}
	if len(at) == 0 || c.IsZero() {
		return
	}
	var polygons []orb.MultiPolygon
	for i := range l.Levels {
		polygons = append(polygons, l.layerOf(i).Polygons...)
	}
	s, found := audit.Outside(at, weight, zonal.New(polygons), c)
	if !found {
		return
	}
	total := 0.0
	for _, w := range weight {
		total += w
	}
	l.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: l.ZoneRefs[0].File}, Key: "audit.people", Value: s.Reading.Name, Args: coverage.Args{
		"crs": c.Code(), "group": d.Groups[0], "before": source.People(s.Before * total), "after": source.People(s.After * total),
	}})
}

// manyRows is how many rows are tried in every reading; of more, an evenly
// spaced part. Its people are scaled up in the message.
const manyRows = 100_000

// somePeople are populated cells and their people; none when nobody lives
// outside the zones.
func (l *Ground) somePeople() (at []orb.Point, weight []float64) {
	d := l.Dataset.Demand
	outside := false
	n := 0
	for i, p := range d.Pop[0] {
		if p > 0 && d.Cell[i] >= 0 {
			n++
			outside = outside || d.Zone[i] < 0
		}
	}
	if !outside {
		return nil, nil
	}
	step, k, all, part := (n+manyRows-1)/manyRows, 0, 0.0, 0.0
	for i, p := range d.Pop[0] {
		if !(p > 0) || d.Cell[i] < 0 {
			continue
		}
		all += float64(p)
		if k++; k%step == 0 {
			at, weight = append(at, d.At[i]), append(weight, float64(p))
			part += float64(p)
		}
	}
	for i := range weight {
		weight[i] *= all / part
	}
	return at, weight
}

func percent3(share float64) string { return fmt.Sprintf("%.2f %%", share*100) }

// oneSystem is the system that all rows of a level were declared in, none when
// there are several.
func oneSystem(rows []zoneRow) crs.CRS {
	for _, r := range rows {
		if r.crs != rows[0].crs {
			return crs.CRS{}
		}
	}
	return rows[0].crs
}
