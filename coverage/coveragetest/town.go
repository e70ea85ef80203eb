// Package coveragetest builds small towns from drawings for tests, so that the
// right answer can be worked out by hand from the picture. The towns lie on the
// equator, where a cell of the drawing is a square of CellM metres on the
// ellipsoid to better than a millimetre over the whole town.
package coveragetest

import (
	"strings"

	"lifecircle/coverage"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// Town is three drawings of one place, a character a cell. Lines are trimmed;
// all drawings have the same shape.
type Town struct {
	CellM      float64           // size of a cell; 0 is 100 m
	Zones      string            // a letter a zone, '~' water
	People     string            // '1'..'9' that many tens of people, '.' nobody
	Facilities string            // a letter a facility of kind Kinds[letter], '.' none
	Kinds      map[byte]string   // kind of each facility letter
	Rural      string            // zone letters that are country; the others are town; "?" no setting known
	Groups     map[string]string // further drawings of people, by group
}

// One degree on the WGS 84 ellipsoid at the equator, in metres.
const (
	degreeLon = 111319.49079327358 // a*pi/180
	degreeLat = 110574.27582159    // meridian arc of the first degree
)

// Dataset builds the town: zones of level "town" named by their letters, all
// landmasses known, group "all" and the further groups.
func (t Town) Dataset() *coverage.Dataset {
	size := t.CellM
	if size == 0 {
		size = 100
	}
	zones := lines(t.Zones)
	spec := grid.Spec{
		CRS: "EPSG:4326", X0: 10, Y0: 0, DX: size / degreeLon, DY: size / degreeLat,
		Cols: int32(len(zones[0])), Rows: int32(len(zones)),
	}
	ds := &coverage.Dataset{Name: coverage.Text{EN: "drawn town", ZH: "手绘小镇"}}
	zoneOf, landOf := t.land(ds, spec, zones)
	t.people(ds, spec, zoneOf, landOf)
	for cell, ch := range cells(t.Facilities) {
		if ch == '.' {
			continue
		}
		x, y := spec.Centre(int32(cell))
		ds.Facilities = append(ds.Facilities, coverage.Facility{
			ID: string(ch), Site: string(ch), Name: "facility " + string(ch), Kind: t.Kinds[ch],
			At: orb.Point{x, y}, Landmass: landOf[cell],
		})
	}
	return ds
}

func lines(drawing string) []string {
	var out []string
	for _, l := range strings.Split(drawing, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

func cells(drawing string) []byte { return []byte(strings.Join(lines(drawing), "")) }

// land fills zones and landmasses and returns both for every cell, -1 on water.
func (t Town) land(ds *coverage.Dataset, spec grid.Spec, zones []string) (zoneOf, landOf []int32) {
	drawn := []byte(strings.Join(zones, ""))
	zoneOf, landOf = make([]int32, len(drawn)), make([]int32, len(drawn))
	var dry []int32
	of := map[byte][]int32{}
	for cell, ch := range drawn {
		zoneOf[cell], landOf[cell] = -1, -1
		if ch != '~' {
			dry = append(dry, int32(cell))
			of[ch] = append(of[ch], int32(cell))
		}
	}
	for ch := byte('a'); ch <= 'z'; ch++ {
		if of[ch] == nil {
			continue
		}
		for _, c := range of[ch] {
			zoneOf[c] = int32(len(ds.Zones))
		}
		ds.Zones = append(ds.Zones, coverage.Zone{
			ID: string(ch), Name: "zone " + string(ch), Level: "town", Parent: -1,
			Setting: t.setting(ch), Geometry: grid.Outline(spec, of[ch]),
		})
	}
	for n, part := range grid.Components(spec, dry, func(int, int) bool { return true }) {
		var island []int32
		for _, k := range part {
			landOf[dry[k]] = int32(n)
			island = append(island, dry[k])
		}
		ds.Land = append(ds.Land, coverage.Land{Geometry: grid.Outline(spec, island)})
	}
	return zoneOf, landOf
}

func (t Town) setting(zone byte) coverage.Setting {
	switch {
	case t.Rural == "?":
		return coverage.SettingAny
	case strings.IndexByte(t.Rural, zone) >= 0:
		return coverage.Rural
	}
	return coverage.Urban
}

func (t Town) people(ds *coverage.Dataset, spec grid.Spec, zoneOf, landOf []int32) {
	d := &coverage.DemandSet{Grid: spec, Groups: []string{"all"}, Pop: [][]float32{nil}}
	drawings := [][]byte{cells(t.People)}
	for _, g := range []string{"0-2", "3-6", "60+", "80+"} {
		if drawing, ok := t.Groups[g]; ok {
			d.Groups, d.Pop, drawings = append(d.Groups, g), append(d.Pop, nil), append(drawings, cells(drawing))
		}
	}
	for cell, ch := range drawings[0] {
		if ch == '.' {
			continue
		}
		x, y := spec.Centre(int32(cell))
		d.Cell, d.At = append(d.Cell, int32(cell)), append(d.At, orb.Point{x, y})
		d.Zone, d.Landmass = append(d.Zone, zoneOf[cell]), append(d.Landmass, landOf[cell])
		setting := coverage.SettingAny
		if zoneOf[cell] >= 0 {
			setting = ds.Zones[zoneOf[cell]].Setting
		}
		d.Setting = append(d.Setting, setting)
		for g := range drawings {
			d.Pop[g] = append(d.Pop[g], tens(drawings[g][cell]))
		}
	}
	ds.Demand = d
}

func tens(ch byte) float32 {
	if ch < '1' || ch > '9' {
		return 0
	}
	return 10 * float32(ch-'0')
}
