package analysis

import (
	"context"
	"slices"

	"lifecircle/coverage"
)

// SharingAnswer is one question with borders kept, with what the data say is
// shared, and with everything shared.
type SharingAnswer struct {
	Version string             `json:"version"`
	Inputs  []coverage.Source  `json:"inputs"`
	Borders string             `json:"borders"`
	Runs    []SharingRun       `json:"runs"`
	Rows    []SharingRow       `json:"rows"` // by standard, the whole area first, then zones
	LeftOut []coverage.LeftOut `json:"left_out"`
}

// SharingRun names the run behind a column: "own", "stated" or "open".
type SharingRun struct {
	Case    string              `json:"case"`
	Hash    string              `json:"hash"`
	Options coverage.RunOptions `json:"options"`
}

// SharingRow is a standard's own group in one zone. Own are the people served by
// the facilities of their own zone, Stated those served with what is shared by the
// column share, Open those served if everything were shared. Gained are the people
// whom the stated sharing serves and their own zone does not; CouldGain those whom
// sharing everything would serve besides.
type SharingRow struct {
	Standard    string  `json:"standard"`
	Level       string  `json:"level"`
	Zone        string  `json:"zone"`
	Name        string  `json:"name"`
	Group       string  `json:"group"`
	Population  float64 `json:"population"`
	Own         float64 `json:"own"`
	Stated      float64 `json:"stated"`
	Open        float64 `json:"open"`
	ShareOwn    float64 `json:"share_own"`
	ShareStated float64 `json:"share_stated"`
	ShareOpen   float64 `json:"share_open"`
	Gained      float64 `json:"gained"`
	CouldGain   float64 `json:"could_gain"`
}

// Sharing answers a choice, which names the level of its borders, three times:
// who gains when facilities are shared across a border, and where. Errors: those
// of [Engine.Run], and Invalid without borders.
func (e *Engine) Sharing(ctx context.Context, c Choice, p coverage.Progress) (*SharingAnswer, error) {
	if c.Borders == "" {
		return nil, invalid("sharing.no_borders", coverage.Args{"known": e.knownLevels()})
	}
	own, stated, open := c, c, c
	own.OwnOnly, stated.OwnOnly = true, false
	open.Borders, open.OwnOnly = "", false
	out := &SharingAnswer{Version: e.version, Inputs: e.ds.Sources, Borders: c.Borders, Rows: []SharingRow{}, LeftOut: []coverage.LeftOut{}}
	var runs [3]*coverage.Run
	for k, one := range []struct {
		name   string
		choice Choice
	}{{"own", own}, {"stated", stated}, {"open", open}} {
		run, err := e.Run(ctx, one.choice, p)
		if err != nil {
			return nil, err
		}
		runs[k] = run
		out.Runs = append(out.Runs, SharingRun{one.name, run.Hash, run.Options})
		for _, l := range run.LeftOut {
			if one.name != "own" && !slices.Contains(out.LeftOut, l) { // in which shares do not count
				out.LeftOut = append(out.LeftOut, l)
			}
		}
	}
	for n := range runs[0].Coverage {
		out.Rows = append(out.Rows, e.sharingRows([3]*coverage.Coverage{&runs[0].Coverage[n], &runs[1].Coverage[n], &runs[2].Coverage[n]}, out.Runs[0].Options.Levels)...)
	}
	return out, nil
}

// sharingRows adds up one standard's three answers by zone.
func (e *Engine) sharingRows(c [3]*coverage.Coverage, levels []string) []SharingRow {
	d, zones := e.ds.Demand, e.ds.Zones
	group := OwnGroup(d, c[0].Standard.Group)
	people := d.Group(group)
	sums := make([]SharingRow, len(zones)+1) // the last is the whole area
	for i := range people {
		if c[0].Judged != nil && !c[0].Judged[i] {
			continue
		}
		slot := len(zones)
		if z := d.Zone[i]; z >= 0 {
			slot = int(z)
		}
		n := float64(people[i])
		sums[slot].merge(SharingRow{Population: n, Own: n * float64(c[0].Served[i]), Stated: n * float64(c[1].Served[i]), Open: n * float64(c[2].Served[i])})
	}
	for z := len(zones) - 1; z >= 0; z-- { // parents stand first
		up := len(zones)
		if p := zones[z].Parent; p >= 0 {
			up = int(p)
		}
		sums[up].merge(sums[z])
	}
	out := []SharingRow{sums[len(zones)].named(c[0].Standard.ID, group, "total", "", "")}
	for z := range zones {
		if len(levels) == 0 || slices.Contains(levels, zones[z].Level) {
			out = append(out, sums[z].named(c[0].Standard.ID, group, zones[z].Level, zones[z].ID, zones[z].Name))
		}
	}
	return out
}

func (r *SharingRow) merge(o SharingRow) {
	r.Population, r.Own, r.Stated, r.Open = r.Population+o.Population, r.Own+o.Own, r.Stated+o.Stated, r.Open+o.Open
}

// named fills in what follows from the sums. Nobody loses by sharing, so that who
// gains is the difference.
func (r SharingRow) named(standard, group, level, zone, name string) SharingRow {
	r.Standard, r.Group, r.Level, r.Zone, r.Name = standard, group, level, zone, name
	r.Gained, r.CouldGain = r.Stated-r.Own, r.Open-r.Stated
	if r.Population > 0 {
		r.ShareOwn, r.ShareStated, r.ShareOpen = r.Own/r.Population, r.Stated/r.Population, r.Open/r.Population
	}
	return r
}
