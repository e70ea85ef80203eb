package analysis

import (
	"cmp"
	"context"
	"math"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/catchment"
	"lifecircle/coverage/travel"
	"lifecircle/coverage/travel/mode"

	"github.com/paulmach/orb"
)

// RouteAnswer is the way between a place and its nearest facility.
type RouteAnswer struct {
	travel.Route
	Facility coverage.Facility
	Travel   coverage.Travel
	IsTime   bool // Cost is milliseconds, not millimetres
}

// Route finds the way between a place and its nearest open facility of some
// kinds. Of c the way to travel, the landmass rule and the borders count; metres
// asks for the shortest way. Errors: Invalid; Infeasible when there is no way, saying why.
func (e *Engine) Route(ctx context.Context, at orb.Point, kinds []string, metres bool, c Choice) (*RouteAnswer, error) {
	threshold := coverage.Threshold{Seconds: 86400}
	if metres {
		threshold = coverage.Threshold{Metres: 4e6}
	}
	o, rule, way, err := e.oneWay(ctx, at, AdHoc{kinds, threshold}, c)
	if err != nil {
		return nil, err
	}
	list := e.openAt(at, (&runner{Engine: e, options: o}).facilities(kinds), o)
	route, off, err := way.Route(ctx, FacilityPoints(e.ds, list, o.Landmass), at, e.landOf(at, o.Landmass))
	if err != nil {
		return nil, err
	}
	if route == nil {
		return nil, &coverage.Error{Code: coverage.Infeasible, Key: noRoute[off], Args: coverage.Args{"mode": rule.Travel.Mode}}
	}
	return &RouteAnswer{*route, e.ds.Facilities[list[route.Facility]], rule.Travel, rule.Threshold.IsTime()}, nil
}

var noRoute = map[travel.Off]string{
	travel.On: "route.none", travel.FarOff: "route.far", travel.CutOff: "route.cut", travel.NotThere: "route.far",
}

// IsochroneAnswer is what is reached from a place.
type IsochroneAnswer struct {
	Areas  []catchment.Area
	Within []coverage.Threshold // of each area, ascending
	Bands  bool                 // areas are what lies between one threshold and the next
	Travel coverage.Travel
	Groups []string // of Area.People
}

// Isochrone draws what is reached from a place within thresholds of one kind,
// all times or all distances. The journey starts at the place unless c.Direction
// is "to".
func (e *Engine) Isochrone(ctx context.Context, from orb.Point, within []coverage.Threshold, bands bool, c Choice) (*IsochroneAnswer, error) {
	switch {
	case len(within) == 0:
		return nil, invalid("isochrone.within", nil)
	case c.Borders != "":
		return nil, invalid("isochrone.borders", nil)
	}
	if c.Direction == "" {
		c.Direction = "from"
	}
	q := catchment.Question{From: from, Bands: bands}
	if slices.ContainsFunc(within, func(t coverage.Threshold) bool { return t.IsTime() != within[0].IsTime() }) {
		return nil, invalid("isochrone.mixed", nil)
	}
	within = slices.Clone(within)
	slices.SortFunc(within, func(a, b coverage.Threshold) int { return cmp.Compare(a.Limit(), b.Limit()) })
	within = slices.CompactFunc(within, func(a, b coverage.Threshold) bool { return a.Limit() == b.Limit() })
	for _, t := range within {
		q.Limits = append(q.Limits, t.Limit())
	}
	o, rule, way, err := e.oneWay(ctx, from, AdHoc{Within: within[0]}, c)
	if err != nil {
		return nil, err
	}
	q.Land, q.Ruled = e.landOf(from, o.Landmass), o.Landmass
	areas, err := catchment.Areas(ctx, e.ds, way, q)
	return &IsochroneAnswer{areas, within, bands, rule.Travel, e.ds.Demand.Groups}, err
}

// oneWay resolves a question about one place into its options, its one rule and
// the way to travel.
func (e *Engine) oneWay(ctx context.Context, at orb.Point, a AdHoc, c Choice) (coverage.RunOptions, coverage.Rule, mode.Impedance, error) {
	var rule coverage.Rule
	if !(math.Abs(at[0]) <= 180 && math.Abs(at[1]) <= 90) {
		return coverage.RunOptions{}, rule, nil, invalid("route.place", coverage.Args{"lon": at[0], "lat": at[1]})
	}
	c.Standards, c.AdHoc = nil, []AdHoc{a}
	o, err := e.resolve(c)
	if err != nil {
		return o, rule, nil, err
	}
	rule = o.Standards[0].Rules[0]
	way, err := e.book.For(ctx, rule, o.Landmass)
	return o, rule, way, err
}

// landOf is the landmass of a place, -1 when the rule is off.
func (e *Engine) landOf(at orb.Point, ruled bool) int32 {
	if !ruled {
		return -1
	}
	return e.book.LandOf(at)
}
