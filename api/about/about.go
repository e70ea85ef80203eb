package about

import (
	"net/http"
	"slices"
	"strings"

	"lifecircle/api/geojson"
	"lifecircle/api/route"
	"lifecircle/coverage"
	"lifecircle/coverage/standard"
)

// Routes are the routes of this package.
func Routes() []route.Route {
	return []route.Route{
		{Path: "/project", Handle: project},
		{Path: "/standards", Handle: standards},
	}
}

type projectAnswer struct {
	Name          coverage.Text      `json:"name"`
	Note          coverage.Text      `json:"note"`
	Credit        coverage.Text      `json:"credit"`
	Version       string             `json:"version"`
	BBox          []float64          `json:"bbox"`
	Cells         int                `json:"cells"`
	Grid          *gridAnswer        `json:"grid"`
	Groups        []string           `json:"groups"`
	Levels        []string           `json:"levels"`
	Landmasses    int                `json:"landmasses"`
	LandmassKnown bool               `json:"landmass_known"`
	Settings      []string           `json:"settings"`
	Kinds         []kindAnswer       `json:"kinds"`
	Modes         []modeAnswer       `json:"modes"`
	Transport     *transportAnswer   `json:"transport"`
	Totals        map[string]float64 `json:"totals"`
	Sources       []coverage.Source  `json:"sources"`
}

type gridAnswer struct {
	DX  float64 `json:"dx"`
	DY  float64 `json:"dy"`
	CRS string  `json:"crs"`
}

type kindAnswer struct {
	Kind  string        `json:"kind"`
	Count int           `json:"count"`
	Name  coverage.Text `json:"name"`
}

func project(w http.ResponseWriter, r *route.Request) error {
	if route.Fresh(w, r) {
		return nil
	}
	ds := r.Data.Data
	a := projectAnswer{
		Name: ds.Name, Note: ds.Note, Credit: ds.Credit, Version: r.Data.Version,
		BBox: []float64{}, Cells: ds.Demand.Len(), Groups: notNil(ds.Demand.Groups), Levels: r.Data.Levels(),
		Landmasses: len(ds.Land), LandmassKnown: len(ds.Land) > 0,
		Settings: settings(ds.Demand), Kinds: kinds(ds.Facilities), Modes: modes(ds), Transport: transport(ds.Transport),
		Totals: totals(ds.Demand), Sources: notNil(ds.Sources),
	}
	if box, ok := geojson.BBox(r.Data.Extent()); ok {
		a.BBox = box[:]
	}
	if g := ds.Demand.Grid; !g.IsZero() {
		a.Grid = &gridAnswer{DX: g.DX, DY: g.DY, CRS: g.CRS}
	}
	return route.JSON(w, a)
}

func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// settings lists the settings that people live in, unknown left out.
func settings(d *coverage.DemandSet) []string {
	out := []string{}
	for _, s := range [...]coverage.Setting{coverage.Urban, coverage.Rural} {
		if slices.Contains(d.Setting, s) {
			out = append(out, s.String())
		}
	}
	return out
}

func kinds(list []coverage.Facility) []kindAnswer {
	count := map[string]int{}
	for i := range list {
		count[list[i].Kind]++
	}
	out := []kindAnswer{}
	for k, n := range count {
		out = append(out, kindAnswer{Kind: k, Count: n, Name: standard.KindName(k)})
	}
	slices.SortFunc(out, func(a, b kindAnswer) int { return strings.Compare(a.Kind, b.Kind) })
	return out
}

func totals(d *coverage.DemandSet) map[string]float64 {
	out := map[string]float64{}
	for g, name := range d.Groups {
		var sum float64
		for _, p := range d.Pop[g] {
			sum += float64(p)
		}
		out[name] = sum
	}
	return out
}

type standardAnswer struct {
	ID          string          `json:"id"`
	Pack        string          `json:"pack"`
	Name        coverage.Text   `json:"name"`
	Document    coverage.Text   `json:"document"`
	Clause      string          `json:"clause"`
	Service     string          `json:"service"`
	ServiceName coverage.Text   `json:"service_name"`
	Kinds       []string        `json:"kinds"`
	Group       string          `json:"group"`
	Target      float64         `json:"target,omitempty"`
	Rules       []coverage.Rule `json:"rules"`
	Note        coverage.Text   `json:"note"`
}

func standards(w http.ResponseWriter, r *route.Request) error {
	if route.Fresh(w, r) {
		return nil
	}
	list := []standardAnswer{}
	for _, s := range r.Data.Data.Standards {
		pack, _, _ := strings.Cut(s.ID, "/")
		list = append(list, standardAnswer{
			ID: s.ID, Pack: pack, Name: s.Name, Document: s.Document, Clause: s.Clause,
			Service: s.Service, ServiceName: standard.ServiceName(s.Service), Kinds: notNil(s.Kinds),
			Group: s.Group, Target: s.Target, Rules: notNil(s.Rules), Note: s.Note,
		})
	}
	return route.JSON(w, map[string]any{"standards": list})
}
