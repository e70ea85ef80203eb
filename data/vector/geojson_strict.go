package vector

import (
	"slices"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// strict notes what a document does that RFC 7946 forbids or advises against and
// that does not keep it from being read: each fault once, at its first feature.
type strict struct {
	row    int // the feature that is being read, 0 outside of all
	faults []oddity
	keys   []string // members of the object that is being read
	inside string   // its kind
}

type oddity struct {
	key, value string
	row, count int // the first feature and how many
	last       int
}

func (s *strict) note(key, value string) {
	i := slices.IndexFunc(s.faults, func(o oddity) bool { return o.key == key })
	if i < 0 {
		s.faults = append(s.faults, oddity{key: key, value: value, row: s.row, count: 1, last: s.row})
		return
	}
	if o := &s.faults[i]; o.last != s.row {
		o.count++
		o.last = s.row
	}
}

// misplaced are the members that clause 7.1 keeps out of an object of a kind.
var misplaced = map[string][]string{
	"FeatureCollection": {"coordinates", "geometries", "geometry", "properties"},
	"Feature":           {"coordinates", "geometries", "features"},
	"geometry":          {"geometry", "properties", "features"},
}

// manyKeys is how many members of one object are compared with one another.
const manyKeys = 64

// object begins an object of a kind of misplaced; its members go to member.
func (s *strict) object(kind string) { s.inside, s.keys = kind, s.keys[:0] }

func (s *strict) member(key string, value []byte) {
	if slices.Contains(s.keys, key) {
		s.note("vector.geojson.twice", key)
	} else if len(s.keys) < manyKeys {
		s.keys = append(s.keys, key)
	}
	s.judge(s.inside, key, value)
}

// judge looks at a member of an object of a kind.
func (s *strict) judge(kind, key string, value []byte) {
	if slices.Contains(misplaced[kind], key) {
		s.note("vector.geojson.stray", key)
	}
	if key == "bbox" && !isBox(value) {
		s.note("vector.geojson.bbox", "")
	}
}

// isBox reports whether a value is an array of two positions of two or three
// numbers each (clause 5).
func isBox(raw []byte) bool {
	n := 0
	ok := elements(raw, func(v []byte) bool {
		n++
		return len(v) > 0 && (v[0] == '-' || v[0] >= '0' && v[0] <= '9')
	})
	return ok && (n == 4 || n == 6)
}

// winding looks whether the rings of polygons run as clause 3.1.6 advises.
func (s *strict) winding(g orb.Geometry) {
	if !rightHanded(g) {
		s.note("vector.geojson.winding", "")
	}
}

// rightHanded reports whether outer rings run anticlockwise and holes clockwise.
func rightHanded(g orb.Geometry) bool {
	switch g := g.(type) {
	case orb.Polygon:
		for i, r := range g {
			if a := planar.Area(r); i == 0 && a < 0 || i > 0 && a > 0 {
				return false
			}
		}
	case orb.MultiPolygon:
		return !slices.ContainsFunc(g, func(p orb.Polygon) bool { return !rightHanded(p) })
	case orb.Collection:
		return !slices.ContainsFunc(g, func(m orb.Geometry) bool { return !rightHanded(m) })
	}
	return true
}

// tell makes an issue of every fault.
func (d *document) tell() {
	for _, o := range d.strict.faults {
		d.reader.note(o.row, o.key, "", o.value, coverage.Args{"count": o.count})
	}
}
