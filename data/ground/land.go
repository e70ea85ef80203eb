package ground

import (
	"lifecircle/coverage"
	"lifecircle/data/source"
	"lifecircle/data/vector"
	"lifecircle/geo/crs"
	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

// Lookup finds which landmass holds a point.
type Lookup struct {
	Polygons []orb.MultiPolygon
	Index    *zonal.Index
	SnapM    float64
	parts    []orb.MultiPolygon // of a land file, as its rows have them
	crs      crs.CRS            // of a land file
}

// ReadLand makes the landmasses: from the parts of the zones that have no
// zones below them, or from a file.
func (l *Ground) ReadLand() error {
	p := l.Project
	var parts []orb.MultiPolygon
	var system crs.CRS
	switch {
	case p.Land.None:
		return nil
	case p.Land.FromZones():
		parts = l.leaves()
	default:
		var err error
		if parts, system, err = l.landFile(); err != nil {
			l.LandFailed = true
			return l.Fail(p.Land.File, err)
		}
	}
	if len(parts) == 0 {
		return nil
	}
	l.Progress.Report("progress.land", 0, 0)
	polygons := zonal.Landmasses(parts, p.LandJoinM)
	if p.Land.FromZones() {
		l.checkLandGaps(polygons)
	}
	for _, g := range polygons {
		l.Dataset.Land = append(l.Dataset.Land, coverage.Land{Geometry: g})
	}
	l.Land = &Lookup{Polygons: polygons, Index: zonal.New(polygons), SnapM: p.LandSnapM, parts: parts, crs: system}
	return nil
}

// covered is the share of a zone's area that its children must cover to stand
// for it as land.
const covered = 0.98

// leaves are the zones that have none below them, and those whose children
// leave more than a sliver of them out.
func (l *Ground) leaves() []orb.MultiPolygon {
	below := make([]float64, len(l.Dataset.Zones)) // area of the children
	for i, z := range l.Dataset.Zones {
		if z.Parent >= 0 {
			below[z.Parent] += l.areas[i]
		}
	}
	var parts []orb.MultiPolygon
	for i, z := range l.Dataset.Zones {
		if below[i] > 0 && below[i] >= covered*l.areas[i] {
			continue
		}
		parts = append(parts, z.Geometry)
		if below[i] > 0 {
			l.Issues.Add(coverage.Issue{Ref: l.ZoneRefs[i], Key: "zone.not_covered", Value: z.ID, Args: coverage.Args{
				"id": z.ID, "name": z.Name, "share": source.Percent(below[i] / l.areas[i]),
			}})
		}
	}
	return parts
}

func (l *Ground) landFile() ([]orb.MultiPolygon, crs.CRS, error) {
	s := l.Project.Land.Source
	before := l.Issues.Fatal()
	layer, c, err := l.ReadLayer(s)
	if err != nil {
		return nil, c, err
	}
	l.Source(coverage.Source{Role: "land", File: s.File, Layer: layer.Name, CRS: c.Code(), Rows: layer.Rows})
	var parts []orb.MultiPolygon
	for _, f := range layer.Features {
		mp, ok := vector.Polygons(f.Geometry)
		key, value := "zone.not_polygon", f.Geometry.GeoJSONType()
		if ok {
			fault, at := convert(c, mp)
			if fault == crs.None {
				parts = append(parts, mp)
				continue
			}
			key, value = faultKeys[fault], source.PointText(at)
		}
		l.Issues.Add(coverage.Issue{Ref: f.Ref, Key: key, Value: value, Args: coverage.Args{"crs": c.Code()}, Fatal: true})
	}
	if bad := l.Issues.Fatal() - before; bad > 0 {
		return nil, c, source.Refuse("data.bad_zones", s.File, coverage.Args{"count": bad})
	}
	return parts, c, nil
}

// At returns the landmass of a WGS 84 point: the one that holds it, else the
// nearest within the snapping distance, else -1. A nil lookup gives -1.
func (k *Lookup) At(p orb.Point) int32 {
	if k == nil {
		return -1
	}
	if i := k.Index.Find(p); i >= 0 {
		return i
	}
	return k.near(p)
}

func (k *Lookup) near(p orb.Point) int32 {
	if k.SnapM <= 0 {
		return -1
	}
	i, _ := k.Index.Nearest(p, k.SnapM)
	return i
}
