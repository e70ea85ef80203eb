package audit

import (
	"fmt"
	"math"

	"lifecircle/geo/crs"

	"github.com/paulmach/orb"
)

// inMetres reports whether most coordinates of a list that is declared to be in
// degrees look like metres.
func inMetres(raw []orb.Point, declared crs.CRS) bool {
	n := 0
	for _, p := range raw {
		if declared.Check(p) == crs.Metres {
			n++
		}
	}
	return 2*n > len(raw)
}

// Projected lists the systems in metres that coordinates of a place near the
// given one may be in: the Gauss-Kruger zones of China around it, of 3 and of 6
// degrees, with and without their number before the easting, UTM and Web
// Mercator; each also with x and y exchanged, as surveyors write them. Where a
// zone of 3 and one of 6 degrees share their meridian, that of 3 comes first.
func Projected(near orb.Point) []Reading {
	var codes []int
	add := func(first, last, code int) {
		if code >= first && code <= last {
			codes = append(codes, code)
		}
	}
	three, six := int(math.Round(near[0]/3)), int(math.Floor(near[0]/6))+1
	for _, d := range []int{0, -1, 1} {
		add(4534, 4554, 4534+three+d-25) // by their meridian
		add(4513, 4533, 4513+three+d-25) // with the number of the zone
	}
	for _, d := range []int{0, -1, 1} {
		add(4502, 4512, 4502+six+d-13)
		add(4491, 4501, 4491+six+d-13)
	}
	for _, d := range []int{0, -1, 1} {
		zone := (six+29+d+60)%60 + 1
		if near[1] >= 0 {
			codes = append(codes, 32600+zone)
		} else {
			codes = append(codes, 32700+zone)
		}
	}
	var all []Reading
	for _, code := range append(codes, 3857) {
		all = append(all, reading(fmt.Sprintf("EPSG:%d", code)))
	}
	for _, r := range all {
		c, err := crs.Parse(r.Name)
		if err != nil {
			panic(err) // codes of this file only
		}
		all = append(all, exchanged(c))
	}
	return all
}
