package reach

import (
	"net/http"

	"lifecircle/api/geojson"
	"lifecircle/api/problem"
	"lifecircle/api/query"
	"lifecircle/api/route"
	"lifecircle/api/snapshot"
)

// Routes are the routes of this package.
func Routes() []route.Route {
	return []route.Route{
		{Path: "/route", Params: route.With([]string{"from", "kind", "metres", "standard", "borders", "group"}, query.TravelParams), Handle: way},
		{Path: "/isochrone", Params: route.With([]string{"from", "within", "bands"}, query.TravelParams), Handle: isochrone},
	}
}

// way answers with the steps of a route, a feature each.
func way(w http.ResponseWriter, r *route.Request) error {
	q, err := routeAsked(r)
	if err != nil {
		return err
	}
	a, err := r.Data.Route(r.Context(), q)
	if err != nil || route.Fresh(w, r) {
		return err
	}
	said := a.Said(q.From)
	steps := said.Steps
	said.Steps = nil
	c := geojson.Collection{Matched: len(steps), Links: []geojson.Link{route.Self(r)}, Members: []geojson.Member{{Name: "route", Value: said}}}
	for i := range steps {
		shape := geojson.Line(steps[i].Line)
		steps[i].Line = nil
		c.Features = append(c.Features, geojson.Feature{ID: i, Shape: shape, Properties: steps[i]})
	}
	return route.Collection(w, c)
}

func routeAsked(r *route.Request) (q snapshot.RouteQuestion, err error) {
	if q.From, err = r.Query.Place("from"); err != nil {
		return q, err
	}
	if q.Kinds, err = r.Query.Kinds(); err != nil {
		return q, err
	}
	if q.Metres, err = r.Query.Bool("metres"); err != nil {
		return q, err
	}
	if q.Kinds == nil && r.Query.Get("metres") != "" {
		return q, problem.Param("metres", "api.route_metres", nil)
	}
	q.Standard, q.Borders, q.Group = r.Query.Get("standard"), r.Query.Get("borders"), r.Query.Get("group")
	if err = snapshot.CheckWord("group", q.Group, r.Data.Data.Demand.Groups); err != nil {
		return q, err
	}
	q.Travel, err = r.Query.Travel()
	return q, err
}

// isochrone answers with what is reached, an area a threshold.
func isochrone(w http.ResponseWriter, r *route.Request) error {
	var q snapshot.ReachQuestion
	var err error
	if q.From, err = r.Query.Place("from"); err != nil {
		return err
	}
	if q.Within, err = r.Query.Thresholds("within"); err != nil {
		return err
	}
	if q.Bands, err = r.Query.Bool("bands"); err != nil {
		return err
	}
	if q.Travel, err = r.Query.Travel(); err != nil {
		return err
	}
	a, err := r.Data.Reach(r.Context(), q)
	if err != nil || route.Fresh(w, r) {
		return err
	}
	c := geojson.Collection{Matched: len(a.Areas), Links: []geojson.Link{route.Self(r)}}
	for i := range a.Areas {
		c.Features = append(c.Features, geojson.Feature{ID: i, Shape: geojson.Area(a.Areas[i].Geometry), Properties: a.Said(i, q.From)})
	}
	return route.Collection(w, c)
}
