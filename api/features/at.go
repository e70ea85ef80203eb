package features

import (
	"net/http"

	"lifecircle/api/geojson"
	"lifecircle/api/problem"
	"lifecircle/api/query"
	"lifecircle/api/route"
	"lifecircle/api/snapshot"
	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

type placeAnswer struct {
	Cell      int32               `json:"cell"`
	At        orb.Point           `json:"at"` // from where the journey is counted
	Zone      string              `json:"zone"`
	ZoneName  string              `json:"zone_name"`
	Setting   string              `json:"setting"`
	Pop       map[string]float64  `json:"pop"`
	Judged    bool                `json:"judged"`
	Served    float64             `json:"served"`
	Seconds   *int64              `json:"seconds,omitempty"`
	Metres    *float64            `json:"metres,omitempty"`
	Threshold *coverage.Threshold `json:"threshold"`
	Travel    *coverage.Travel    `json:"travel"`
	Within    *int                `json:"within"`
	Nearest   *nearestAnswer      `json:"nearest"`
}

type nearestAnswer struct {
	ID   string    `json:"id"`
	Name string    `json:"name"`
	Kind string    `json:"kind"`
	At   orb.Point `json:"at"`
}

func at(w http.ResponseWriter, r *route.Request) error {
	p, err := placeAsked(r)
	if err != nil {
		return err
	}
	choice, err := r.Query.Choice()
	if err != nil {
		return err
	}
	rows, err := r.Data.RowsAt(p)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return &coverage.Error{Code: coverage.NotFound, Key: "api.nobody", Args: coverage.Args{"lon": p[0], "lat": p[1]}}
	}
	a, err := r.Data.AnswerFor(r.Context(), choice, rows)
	if err != nil {
		return err
	}
	if route.Fresh(w, r, a.Run.Hash) {
		return nil
	}
	shape, err := rowShape(r.Data, int(rows[0]))
	if err != nil {
		return err
	}
	f := geojson.Feature{ID: rows[0], Shape: shape, Properties: describe(r.Data, a, choice, rows)}
	body, err := f.Append(nil)
	if err != nil {
		return err
	}
	route.Send(w, geojson.ContentType, append(body, '\n'))
	return nil
}

func placeAsked(r *route.Request) (orb.Point, error) {
	for _, name := range [...]string{"lon", "lat"} {
		if r.Query.Get(name) == "" {
			return orb.Point{}, problem.Param(name, "api.missing", coverage.Args{"name": name})
		}
	}
	lon, err := r.Query.Number("lon", 0, -180, 180)
	if err != nil {
		return orb.Point{}, err
	}
	lat, err := r.Query.Number("lat", 0, -90, 90)
	return orb.Point{lon, lat}, err
}

// describe says what an answer for the rows of one place means. Rows of one cell
// that lies in several zones are put together; zone, setting and cost are those
// of the row with most people of the group shown.
func describe(s *snapshot.Snapshot, a *snapshot.Answer, c query.Choice, rows []int32) placeAnswer {
	d := s.Data.Demand
	people := s.People(a, c)
	main, out := s.Main(rows, &a.Standard, people), placeAnswer{Cell: d.Cell[rows[0]], Pop: map[string]float64{}}
	var weight, served float64
	for k, i := range rows {
		for g, name := range d.Groups {
			out.Pop[name] += float64(d.Pop[g][i])
		}
		if a.Judged != nil && !a.Judged[k] {
			continue
		}
		out.Judged = true
		weight, served = weight+float64(people[i]), served+float64(people[i])*float64(a.Served[k])
	}
	row := rows[main]
	out.At, out.Setting = d.At[row], d.Setting[row].String()
	if z := d.Zone[row]; z >= 0 {
		out.Zone, out.ZoneName = s.Data.Zones[z].ID, s.Data.Zones[z].Name
	}
	if weight > 0 {
		out.Served = served / weight
	} else {
		out.Served = float64(a.Served[main])
	}
	out.reach(s, a, main, d.Setting[row])
	return out
}

// reach fills in what the standard says of row k of the answer.
func (out *placeAnswer) reach(s *snapshot.Snapshot, a *snapshot.Answer, k int, setting coverage.Setting) {
	if f := a.Nearest[k]; f >= 0 {
		n := &s.Data.Facilities[f]
		out.Nearest = &nearestAnswer{ID: n.ID, Name: n.Name, Kind: n.Kind, At: n.At}
	}
	rule, ok := a.Standard.RuleFor(setting)
	if !ok {
		return
	}
	out.Threshold, out.Travel = &rule.Threshold, &rule.Travel
	if a.Within != nil {
		n := int(a.Within[k])
		out.Within = &n
	}
	switch cost := a.Cost[k]; {
	case cost == coverage.Never:
	case rule.Threshold.IsTime():
		seconds := (int64(cost) + 999) / 1000
		out.Seconds = &seconds
	default:
		metres := float64(cost) / 1000
		out.Metres = &metres
	}
}
