package query

import (
	"math"
	"strconv"
	"strings"

	"lifecircle/api/problem"
	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// ListParams are the parameters of a list of features.
var ListParams = []string{"bbox", "limit", "offset"}

// The number of features of a page.
const (
	DefaultLimit = 1000
	MaxLimit     = 10000
)

// Page says which features of a list are wanted.
type Page struct {
	Boxes         []orb.Bound // features of which the bound of a part touches one of them; nil: all
	Limit, Offset int
}

// Page reads the list parameters.
func (v Values) Page() (Page, error) {
	var p Page
	var err error
	if p.Limit, err = v.Whole("limit", DefaultLimit, 1, MaxLimit); err != nil {
		return p, err
	}
	if p.Offset, err = v.Whole("offset", 0, 0, math.MaxInt32); err != nil {
		return p, err
	}
	if text := v.Get("bbox"); text != "" {
		var ok bool
		if p.Boxes, ok = parseBoxes(text); !ok {
			return p, problem.Param("bbox", "api.bbox", coverage.Args{"value": text})
		}
	}
	return p, nil
}

// parseBoxes reads "west,south,east,north". A west over east crosses the
// antimeridian, which makes two boxes (RFC 7946, 5.2).
func parseBoxes(text string) ([]orb.Bound, bool) {
	parts := strings.Split(text, ",")
	if len(parts) != 4 {
		return nil, false
	}
	var n [4]float64
	for i, part := range parts {
		var err error
		if n[i], err = strconv.ParseFloat(strings.TrimSpace(part), 64); err != nil || math.IsNaN(n[i]) {
			return nil, false
		}
	}
	w, s, e, north := n[0], n[1], n[2], n[3]
	if !(s <= north && s >= -90 && north <= 90 && math.Abs(w) <= 180 && math.Abs(e) <= 180) {
		return nil, false
	}
	box := func(w, e float64) orb.Bound { return orb.Bound{Min: orb.Point{w, s}, Max: orb.Point{e, north}} }
	if w > e {
		return []orb.Bound{box(w, 180), box(-180, e)}, true
	}
	return []orb.Bound{box(w, e)}, true
}

// Touches reports whether a bound shares a point with one of the boxes; always
// when there are none.
func (p Page) Touches(b orb.Bound) bool {
	for _, box := range p.Boxes {
		if box.Intersects(b) {
			return true
		}
	}
	return p.Boxes == nil
}
