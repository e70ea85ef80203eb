package ground

import (
	"fmt"
	"math"

	"lifecircle/coverage"
	"lifecircle/data/audit"
	"lifecircle/data/source"
	"lifecircle/data/vector"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// checkRings reports a zone whose rings cross themselves, with the places, and
// mends it when the project asks for that. The area is what the zone covers, as
// of [area].
func (z *zoneReader) checkRings(f *vector.Feature, mp orb.MultiPolygon) (_ orb.MultiPolygon, covers float64) {
	at := audit.Crossings(mp, 100)
	if len(at) == 0 && !audit.Touches(mp) {
		return mp, area(mp)
	}
	covers = audit.EvenOddArea(mp)
	if len(at) == 0 {
		return mp, covers
	}
	args := coverage.Args{"count": len(at), "id": source.ValueText(f.Values, z.id), "name": source.ValueText(f.Values, z.name), "lon": at[0][0], "lat": at[0][1]}
	key := "zone.crosses_itself"
	if z.entry.Mend {
		key = "zone.not_mended"
		if mended, ok := audit.Mend(mp); ok {
			mp, key = mended, "zone.mended"
		}
	}
	z.issue(f, key, "", source.PointText(source.Round(at[0])), args, false)
	return mp, covers
}

// area is in squared degrees: enough to compare zones at one place. It is that of
// rings that neither cross nor touch themselves.
func area(mp orb.MultiPolygon) float64 {
	sum := 0.0
	for _, p := range mp {
		sum += math.Abs(planar.Area(p))
	}
	return sum
}

// CheckMosaics looks for zones of one level that overlap, and for holes between
// them, which are told later if people live there. Of a project whose zones were
// not all read no more is known after that: places would be called outside for
// want of zones.
func (l *Ground) CheckMosaics() error {
	for _, lv := range l.Levels {
		zones := l.Dataset.Zones[lv.First : lv.First+lv.Count]
		var polygons []orb.MultiPolygon
		for _, z := range zones {
			polygons = append(polygons, z.Geometry)
		}
		m, err := audit.NewMosaic(l.Context, polygons)
		if err != nil {
			return err
		}
		l.mosaics = append(l.mosaics, m)
		for _, o := range m.Overlaps {
			a, b := zones[o.A], zones[o.B]
			l.Issues.Add(coverage.Issue{Ref: l.ZoneRefs[lv.First+int(o.B)], Key: "zone.overlaps", Value: b.ID, Args: coverage.Args{
				"id": b.ID, "name": b.Name, "first_id": a.ID, "first": a.Name, "km2": fmt.Sprintf("%.3g", o.KM2),
				"at": source.PointText(source.Round(o.At)), "lon": o.At[0], "lat": o.At[1],
			}})
		}
	}
	if l.ZonesFailed {
		l.Levels, l.Dataset.Zones, l.ZoneRefs, l.areas, l.mosaics = nil, nil, nil, nil, nil
	}
	return nil
}

// CheckHoles reports people in no zone who live in a hole between zones: a zone
// seems to be missing.
func (l *Ground) CheckHoles() {
	for i, m := range l.mosaics {
		if len(m.Holes) > 0 {
			l.holesOf(l.Levels[i].Name, m)
		}
	}
}

func (l *Ground) holesOf(level string, m *audit.Mosaic) {
	d := l.Dataset.Demand
	if d == nil || len(d.Groups) == 0 {
		return
	}
	sum, most, at := make([]float64, len(m.Holes)), make([]float32, len(m.Holes)), make([]orb.Point, len(m.Holes))
	for i, n := range d.Pop[0] {
		if d.Zone[i] >= 0 || n <= 0 {
			continue
		}
		h := m.HoleAt(d.At[i])
		if h < 0 {
			continue
		}
		if sum[h] += float64(n); n > most[h] {
			most[h], at[h] = n, d.At[i]
		}
	}
	for h, n := range sum {
		if n < 0.5 {
			continue
		}
		l.Issues.Add(coverage.Issue{Key: "zone.hole", Column: level, Value: source.PointText(source.Round(at[h])), Args: coverage.Args{
			"level": level, "people": source.People(n), "group": d.Groups[0], "km2": fmt.Sprintf("%.3g", m.Holes[h].KM2), "lon": at[h][0], "lat": at[h][1],
		}})
	}
}
