package features

import (
	"context"
	"math"
	"net/http"
	"slices"

	"lifecircle/api/geojson"
	"lifecircle/api/query"
	"lifecircle/api/route"
	"lifecircle/api/snapshot"
	"lifecircle/coverage"
	"lifecircle/coverage/travel"
	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
)

// ask reads the list and choice parameters and gets the run.
func ask(r *route.Request) (query.Page, query.Choice, *snapshot.Answer, error) {
	return asked(r, (*snapshot.Snapshot).Answer)
}

// asked is ask for an answer that get gives.
func asked(r *route.Request, get func(*snapshot.Snapshot, context.Context, query.Choice) (*snapshot.Answer, error)) (query.Page, query.Choice, *snapshot.Answer, error) {
	page, err := r.Query.Page()
	if err != nil {
		return page, query.Choice{}, nil, err
	}
	c, err := r.Query.Choice()
	if err != nil {
		return page, c, nil, err
	}
	a, err := get(r.Data, r.Context(), c)
	return page, c, a, err
}

func covered(w http.ResponseWriter, r *route.Request) error {
	setting, err := r.Query.OneOf("setting", "all", "urban", "rural")
	if err != nil {
		return err
	}
	if setting == "" {
		setting = "all"
	}
	level := r.Query.Get("level")
	if err := snapshot.CheckWord("level", level, r.Data.Levels()); err != nil {
		return err
	}
	page, choice, a, err := ask(r)
	if err != nil || route.Fresh(w, r, a.Run.Hash) {
		return err
	}
	group := r.Data.Group(a, choice)
	wanted := func(row *coverage.Row) bool { return row.Group == group && row.Setting == setting }
	matched, err := choose(r, len(a.Rows), func(i int) (bool, error) {
		row := &a.Rows[i]
		if row.Level == "total" || !wanted(row) || level != "" && row.Level != level {
			return false, nil
		}
		z, err := r.Data.Zone(row.Zone)
		return err == nil && touches(page, r.Data.ZoneShape(z)), err
	})
	if err != nil {
		return err
	}
	var total *coverage.Row
	if i := slices.IndexFunc(a.Rows, func(row coverage.Row) bool { return row.Level == "total" && wanted(&row) }); i >= 0 {
		total = &a.Rows[i]
	}
	return list(w, r, page, matched, func(i int32) (geojson.Feature, error) {
		z, err := r.Data.Zone(a.Rows[i].Zone)
		return geojson.Feature{ID: a.Rows[i].Zone, Shape: r.Data.ZoneShape(z), Properties: &a.Rows[i]}, err
	}, geojson.Member{Name: "total", Value: total}, runMember(a))
}

type runAnswer struct {
	Hash    string              `json:"hash"`
	Version string              `json:"version"`
	Options coverage.RunOptions `json:"options"`
	LeftOut []coverage.LeftOut  `json:"left_out"`
}

func runMember(a *snapshot.Answer) geojson.Member {
	left := a.Run.LeftOut
	if left == nil {
		left = []coverage.LeftOut{}
	}
	return geojson.Member{Name: "run", Value: runAnswer{a.Run.Hash, a.Run.Version, a.Run.Options, left}}
}

func gaps(w http.ResponseWriter, r *route.Request) error {
	least, err := r.Query.Number("min_people", 0, 0, math.MaxFloat64)
	if err != nil {
		return err
	}
	remedies, err := r.Query.Bool("remedies")
	if err != nil {
		return err
	}
	get := (*snapshot.Snapshot).Answer
	if remedies {
		get = (*snapshot.Snapshot).Advice
	}
	page, _, a, err := asked(r, get)
	if err != nil || route.Fresh(w, r, a.Run.Hash) {
		return err
	}
	matched, err := choose(r, len(a.Gaps), func(i int) (bool, error) {
		g := &a.Gaps[i]
		return g.Population >= least && (page.Boxes == nil || touches(page, geojson.Area(g.Geometry))), nil
	})
	if err != nil {
		return err
	}
	return list(w, r, page, matched, func(i int32) (geojson.Feature, error) {
		g := &a.Gaps[i]
		return geojson.Feature{ID: g.ID, Shape: geojson.Area(g.Geometry), Properties: g}, nil
	}, runMember(a))
}

type circleProperties struct {
	Facility  string             `json:"facility"`
	Name      string             `json:"name"`
	Kind      string             `json:"kind"`
	Setting   string             `json:"setting"`
	Threshold coverage.Threshold `json:"threshold"`
	RadiusM   float64            `json:"radius_m"`
}

// circlePoints is the number of corners of a service circle. Its chords lie
// within 0.13 % of the radius inside of the true circle.
const circlePoints = 64

func circles(w http.ResponseWriter, r *route.Request) error {
	page, _, a, err := ask(r)
	if err != nil || route.Fresh(w, r, a.Run.Hash) {
		return err
	}
	all, rules := r.Data.Data.Facilities, straightRules(a.Standard.Rules)
	draw := func(n int) geojson.Shape {
		ring := geodesy.Circle(all[n/len(rules)].At, travel.RadiusM(rules[n%len(rules)]), circlePoints)
		return geojson.Area(orb.MultiPolygon{{ring}})
	}
	matched, err := choose(r, len(all)*len(rules), func(n int) (bool, error) {
		f := &all[n/len(rules)]
		return status(f) == "open" && slices.Contains(a.Standard.Kinds, f.Kind) &&
			(page.Boxes == nil || touches(page, draw(n))), nil
	})
	if err != nil {
		return err
	}
	return list(w, r, page, matched, func(n int32) (geojson.Feature, error) {
		f, rule := &all[int(n)/len(rules)], rules[int(n)%len(rules)]
		return geojson.Feature{ID: n, Shape: draw(int(n)), Properties: circleProperties{
			Facility: f.ID, Name: f.Name, Kind: f.Kind, Setting: rule.Setting.String(),
			Threshold: rule.Threshold, RadiusM: math.Round(travel.RadiusM(rule)*1e6) / 1e6,
		}}, nil
	}, runMember(a))
}

// straightRules are the rules that draw a circle; those that draw the same one
// are one for all settings. What is reached over roads or ground is no circle.
func straightRules(rules []coverage.Rule) []coverage.Rule {
	var out []coverage.Rule
	for _, r := range rules {
		if r.Travel.Mode != coverage.ModeLine {
			continue
		}
		i := slices.IndexFunc(out, func(o coverage.Rule) bool { return o.Threshold == r.Threshold && o.Travel == r.Travel })
		if i < 0 {
			out = append(out, r)
		} else {
			out[i].Setting = coverage.SettingAny
		}
	}
	return out
}
