package ground

import (
	"math"

	"lifecircle/coverage"
	"lifecircle/data/source"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

// Pieces of land made of zones are doubted when each has at least gapShare of
// all the land and they come within gapM of one another: inland, borders that
// were drawn apart split one mainland, which no straight line then crosses.
const (
	gapM     = 500.0
	gapShare = 0.01
)

// checkLandGaps tells of large landmasses that are nearly one.
func (l *Ground) checkLandGaps(lands []orb.MultiPolygon) {
	if len(lands) < 2 || l.Project.LandJoinM >= gapM {
		return
	}
	total, areas := 0.0, make([]float64, len(lands))
	for i, mp := range lands {
		areas[i] = geodesy.MultiArea(mp)
		total += areas[i]
	}
	var large []orb.MultiPolygon
	for i, mp := range lands {
		if areas[i] >= gapShare*total {
			large = append(large, mp)
		}
	}
	joined := len(zonal.Landmasses(large, gapM))
	if len(large) < 2 || joined == len(large) {
		return
	}
	// The smallest gap, to a metre: between a distance that joins none and one
	// that joins some.
	apart, near := l.Project.LandJoinM, gapM
	for near-apart > 1 {
		middle := (apart + near) / 2
		if len(zonal.Landmasses(large, middle)) == len(large) {
			apart = middle
		} else {
			near = middle
		}
	}
	l.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: l.Name}, Key: "land.gap", Column: "land_join_m", Value: source.People(math.Ceil(near)), Args: coverage.Args{
		"count": len(large), "joined": joined, "gap": source.People(math.Ceil(near)), "most": source.People(gapM), "join": l.Project.LandJoinM,
	}})
}
