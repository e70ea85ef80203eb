package analysis

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"lifecircle/coverage"
	"lifecircle/coverage/message"
	"lifecircle/geo/crs"
	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

// hash is the SHA-256 of what decides a run: version, inputs and options.
func hash(run *coverage.Run) (string, error) {
	text, err := json.Marshal(struct {
		Version string
		Inputs  []coverage.Source
		Options coverage.RunOptions
	}{run.Version, run.Inputs, run.Options})
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), err
}

// leftOut counts the people that figures of the run leave out or cannot place.
func (r *runner) leftOut() []coverage.LeftOut {
	out := []coverage.LeftOut{}
	add := func(key, standard string, people float64, args coverage.Args) {
		text := coverage.Text{ZH: message.Render("zh", "left_out."+key, args), EN: message.Render("en", "left_out."+key, args)}
		out = append(out, coverage.LeftOut{Key: key, Standard: standard, People: people, Message: text})
	}
	d := r.ds.Demand
	noZone, noSetting, offLand := r.unplaced()
	if len(r.ds.Zones) > 0 && noZone > 0 {
		add("no_zone", "", noZone, coverage.Args{"people": whole(noZone)})
	}
	if r.options.Landmass && offLand > 0 {
		add("off_land", "", offLand, coverage.Args{"people": whole(offLand)})
	}
	for _, s := range r.options.Standards {
		if d.Group(s.Group) == nil {
			add("no_group", s.ID, 0, coverage.Args{"group": s.Group, "standard": s.ID})
		}
		if !ruleForUnknown(s) && noSetting > 0 {
			add("no_setting", s.ID, noSetting, coverage.Args{"people": whole(noSetting), "standard": s.ID})
		}
		if len(r.facilities(s.Kinds)) == 0 {
			add("no_facility", s.ID, 0, coverage.Args{"standard": s.ID})
		}
	}
	return out
}

func ruleForUnknown(s coverage.Standard) bool {
	_, ok := s.RuleFor(coverage.SettingAny)
	return ok
}

func whole(people float64) int64 { return int64(people + 0.5) }

// unplaced sums the people (of the first group) in no zone, of unknown setting,
// and off every landmass.
func (r *runner) unplaced() (noZone, noSetting, offLand float64) {
	d := r.ds.Demand
	if len(d.Pop) == 0 {
		return 0, 0, 0
	}
	for i, people := range d.Pop[0] {
		if d.Zone[i] < 0 {
			noZone += float64(people)
		}
		if d.Setting[i] == coverage.SettingAny {
			noSetting += float64(people)
		}
		if d.Landmass[i] < 0 {
			offLand += float64(people)
		}
	}
	return noZone, noSetting, offLand
}

// zonesOf finds the finest zone of every facility, -1 in none: of the zones that
// hold it the one that stands deepest, the first of several.
func zonesOf(ds *coverage.Dataset) []int32 {
	shapes := make([]orb.MultiPolygon, len(ds.Zones))
	depth := make([]int, len(ds.Zones))
	for i := range ds.Zones {
		shapes[i] = ds.Zones[i].Geometry
		if up := ds.Zones[i].Parent; up >= 0 {
			depth[i] = depth[up] + 1
		}
	}
	index := zonal.New(shapes)
	out := make([]int32, len(ds.Facilities))
	var found []int32
	for i := range ds.Facilities {
		out[i] = -1
		found = index.All(ds.Facilities[i].At, found[:0])
		for _, z := range found {
			if out[i] < 0 || depth[z] > depth[out[i]] {
				out[i] = z
			}
		}
	}
	return out
}

// cellCorners returns the corners in WGS 84 of the cell of a demand row; a row
// that is a point has all four there.
func cellCorners(d *coverage.DemandSet) (func(i int) [4]orb.Point, error) {
	spec := d.Grid
	toWGS84 := func(p orb.Point) orb.Point { return p }
	if !spec.IsZero() {
		c, err := crs.Parse(spec.CRS)
		if err != nil {
			return nil, err
		}
		toWGS84 = c.ToWGS84
	}
	return func(i int) [4]orb.Point {
		if d.Cell[i] < 0 {
			return [4]orb.Point{d.At[i], d.At[i], d.At[i], d.At[i]}
		}
		w, s, e, n := spec.Bounds(d.Cell[i])
		return [4]orb.Point{toWGS84(orb.Point{w, s}), toWGS84(orb.Point{e, s}), toWGS84(orb.Point{e, n}), toWGS84(orb.Point{w, n})}
	}, nil
}
