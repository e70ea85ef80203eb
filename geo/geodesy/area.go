package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// Area returns the area in square metres of a polygon whose edges are straight
// in longitude and latitude, as GeoJSON (RFC 7946) has it: the edges of grid
// cells run along parallels and meridians and cells add up exactly. Holes are
// taken off. The direction of rings does not matter, nor where longitudes wrap;
// a ring that goes once round a pole holds that pole.
func Area(p orb.Polygon) float64 {
	total := 0.0
	for i, r := range p {
		if i == 0 {
			total += RingArea(r)
		} else {
			total -= RingArea(r)
		}
	}
	return math.Max(total, 0)
}

// MultiArea is the sum of [Area] over the parts.
func MultiArea(m orb.MultiPolygon) float64 {
	total := 0.0
	for _, p := range m {
		total += Area(p)
	}
	return total
}

// RingArea returns the area in square metres that a ring encloses, whatever its
// direction. The ring is closed if its last point is not its first.
func RingArea(r orb.Ring) float64 {
	if len(r) < 3 {
		return 0
	}
	base := zone(r[0][1]) // measuring from a near latitude keeps small areas exact
	sum, round := 0.0, 0.0
	prev := r[len(r)-1]
	for _, next := range r {
		dLon := math.Remainder(next[0]-prev[0], 360)
		if dLon != 0 { // an edge along a meridian sweeps nothing
			sum += dLon * degree * (edgeMean(prev[1], next[1]) - base)
			round += dLon
		}
		prev = next
	}
	if math.Abs(round) > 180 { // once round a pole: the area between ring and pole
		towards := math.Copysign(zone(90), r[0][1])
		sum += math.Copysign(2*math.Pi, round) * (base - towards)
	}
	return math.Abs(sum)
}

// zone is the area between the equator and a latitude, per radian of longitude.
func zone(latDeg float64) float64 {
	s, _ := SincosDeg(latDeg)
	e := math.Sqrt(e2)
	return B * B / 2 * (s/(1-e2*s*s) + math.Atanh(e*s)/e)
}

// edgeMean is the mean of zone along a straight edge, by Gauss and Legendre's
// rule in steps of at most 2 degrees (error below 1e-15).
func edgeMean(lat1, lat2 float64) float64 {
	if lat1 == lat2 {
		return zone(lat1)
	}
	steps := int(math.Ceil(math.Min(math.Abs(lat2-lat1), 360) / 2))
	h := (lat2 - lat1) / float64(steps)
	sum := 0.0
	for i := range steps {
		mid := lat1 + (float64(i)+0.5)*h
		sum += 8. / 18 * zone(mid)
		d := h / 2 * math.Sqrt(3./5)
		sum += 5. / 18 * (zone(mid-d) + zone(mid+d))
	}
	return sum / float64(steps)
}
