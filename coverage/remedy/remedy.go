// Package remedy names for a gap what would close it, and which of that is
// cheapest: a new site, a house of another service that takes this one in
// (extension), a mobile service that calls, more sailings of a ferry, or a
// facility across a border that opens to the gap's people (sharing).
//
// It finds no best set of sites (package siting does) and judges each gap by
// itself. The entry is [Find]. A new site is looked for at the populated cells of
// the gap, an extension among the houses that are near enough to it; a sailing
// helps where the people are served as soon as nobody waits for the boat, a
// sharing where a facility of the service stands near enough and is not theirs to
// use. Costs are in units of a new site and are the reader's own choice ([Costs]).
package remedy

import (
	"cmp"
	"context"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/travel"

	"github.com/paulmach/orb"
)

// Costs are what remedies cost, in units of a new site.
type Costs struct {
	Site, Extension, Mobile, Sailing, Sharing float64
}

// DefaultCosts are rough: a room in a house that stands is a third of a new site,
// a mobile service or another sailing a fifth, year by year over its life. An
// agreement to share, and room for the guests, is put at a tenth: it builds nothing,
// but somebody has to pay for them.
func DefaultCosts() Costs {
	return Costs{Site: 1, Extension: 0.35, Mobile: 0.2, Sailing: 0.2, Sharing: 0.1}
}

// Options say what is looked for.
type Options struct {
	Costs Costs
	// Most is the number of gaps looked at, in their order; 0: 100.
	Most int
	// Places is how many cells of a gap are tried as sites; 0: 12.
	Places int
	// MobilePeople is the most people of a gap that a mobile service is named for;
	// 0: 1,000.
	MobilePeople float64
	// Enough is the share of a gap's people that a remedy must serve to be called
	// its cheapest; 0: 0.8.
	Enough float64
}

func (o Options) withDefaults() Options {
	if o.Costs == (Costs{}) {
		o.Costs = DefaultCosts()
	}
	o.Most, o.Places = cmp.Or(o.Most, 100), cmp.Or(o.Places, 12)
	o.MobilePeople, o.Enough = cmp.Or(o.MobilePeople, 1000), cmp.Or(o.Enough, 0.8)
	return o
}

// World is what a remedy is looked for in.
type World struct {
	Data     *coverage.Dataset
	Landmass bool // places are on their own
	// Pairs finds the costs between places and demand rows within their limit.
	Pairs func(ctx context.Context, places travel.Points, rule coverage.Rule, rows []int32) (*travel.Matrix, error)
	// LandOf is the landmass of a place.
	LandOf func(orb.Point) int32
	// NoWait tells by row who is served when nobody waits for a boat; nil: boats
	// do not count.
	NoWait []bool
	// Barred are facilities of the service that stand and that not everybody may
	// use, by number; nil: borders do not count. Across finds the costs between them
	// and demand rows within their limit as if there were no borders, and Side is the
	// zone on whose side of them one stands.
	Barred []int32
	Across func(ctx context.Context, facilities []int32, rule coverage.Rule, rows []int32) (*travel.Matrix, error)
	Side   func(facility int32) (id, name string)
}

// Find fills in the remedies of the first gaps of a coverage.
func Find(ctx context.Context, w World, c *coverage.Coverage, o Options) error {
	o = o.withDefaults()
	f := finder{w: w, c: c, o: o, people: w.Data.Demand.Group(c.Standard.Group)}
	if f.people == nil && len(w.Data.Demand.Pop) > 0 {
		f.people = w.Data.Demand.Pop[0]
	}
	gaps := c.Gaps[:min(o.Most, len(c.Gaps))]
	f.gather(gaps)
	if err := f.reach(ctx); err != nil {
		return err
	}
	if err := f.across(ctx, len(gaps)); err != nil {
		return err
	}
	for i := range gaps {
		gaps[i].Remedies = f.of(int32(i), &gaps[i])
	}
	return nil
}

// finder looks for the remedies of all gaps at once: travel is asked for once.
type finder struct {
	w      World
	c      *coverage.Coverage
	o      Options
	people []float32
	gapOf  map[int32]int32 // demand row -> gap
	rows   []int32
	places []place
	served map[key]float64
	shared []sharing // by gap
}

type place struct {
	at    orb.Point
	house int32 // facility, -1 a new site
}

// key is a place and a gap.
type key struct{ place, gap int32 }

// gather lists the rows of all gaps, the cells to try, and the houses.
func (f *finder) gather(gaps []coverage.Gap) {
	f.gapOf, f.served = map[int32]int32{}, map[key]float64{}
	for i := range gaps {
		rows := slices.Clone(gaps[i].Rows)
		for _, r := range rows {
			f.gapOf[r] = int32(i)
		}
		f.rows = append(f.rows, rows...)
		for _, r := range f.sample(rows) {
			f.places = append(f.places, place{f.w.Data.Demand.At[r], -1})
		}
	}
	slices.Sort(f.rows)
	for i := range f.w.Data.Facilities {
		h := &f.w.Data.Facilities[i]
		if (h.Status == "" || h.Status == "open") && !slices.Contains(f.c.Standard.Kinds, h.Kind) {
			f.places = append(f.places, place{h.At, int32(i)})
		}
	}
}

// sample picks rows of a gap: the most populous one, and others evenly spaced
// along its cells.
func (f *finder) sample(rows []int32) []int32 {
	if len(rows) <= f.o.Places {
		return rows
	}
	peak := rows[0]
	for _, r := range rows {
		if f.people[r] > f.people[peak] {
			peak = r
		}
	}
	out := []int32{peak}
	for k := range f.o.Places - 1 {
		out = append(out, rows[k*len(rows)/(f.o.Places-1)])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// reach adds up the people of each gap whom each place would serve.
func (f *finder) reach(ctx context.Context) error {
	points := travel.Points{}
	for _, p := range f.places {
		points.At = append(points.At, p.at)
		if f.w.Landmass {
			points.Land = append(points.Land, f.landOf(p))
		}
	}
	for _, rule := range f.c.Standard.Rules {
		rows := f.rowsOf(rule)
		if len(rows) == 0 || len(f.places) == 0 {
			continue
		}
		m, err := f.w.Pairs(ctx, points, rule, rows)
		if err != nil {
			return err
		}
		for i := range f.places {
			for k := m.First[i]; k < m.First[i+1]; k++ {
				row := rows[m.Row[k]]
				f.served[key{int32(i), f.gapOf[row]}] += float64(f.people[row])
			}
		}
	}
	return nil
}

func (f *finder) rowsOf(rule coverage.Rule) []int32 {
	var rows []int32
	for _, r := range f.rows {
		if rule.Setting == coverage.SettingAny || f.w.Data.Demand.Setting[r] == rule.Setting {
			rows = append(rows, r)
		}
	}
	return rows
}

func (f *finder) landOf(p place) int32 {
	if p.house >= 0 {
		return f.w.Data.Facilities[p.house].Landmass
	}
	return f.w.LandOf(p.at)
}

// of lists the remedies of one gap: one of each kind at most, the cheapest that
// serves enough first, then by people.
func (f *finder) of(gap int32, g *coverage.Gap) []coverage.Remedy {
	site := coverage.Remedy{Kind: "site", Cost: f.o.Costs.Site}
	house := coverage.Remedy{Kind: "extension", Cost: f.o.Costs.Extension}
	for i, p := range f.places {
		people := f.served[key{int32(i), gap}]
		switch {
		case p.house < 0 && people > site.People:
			site.At, site.People = p.at, people
		case p.house >= 0 && people > house.People:
			h := &f.w.Data.Facilities[p.house]
			house.At, house.People, house.House, house.Name = p.at, people, h.ID, h.Name
		}
	}
	list := []coverage.Remedy{site, house}
	if g.Population <= f.o.MobilePeople { // one that calls where a site would be best
		list = append(list, coverage.Remedy{Kind: "mobile", At: site.At, People: site.People, Cost: f.o.Costs.Mobile})
	}
	list = append(list, f.sailing(g), f.sharing(gap))
	list = slices.DeleteFunc(list, func(r coverage.Remedy) bool { return r.People <= 0 })
	for i := range list {
		list[i].Share = list[i].People / g.Population
	}
	slices.SortStableFunc(list, func(a, b coverage.Remedy) int { return f.compare(a, b) })
	return list
}

// sailing is more boats: what nobody waiting for one would do.
func (f *finder) sailing(g *coverage.Gap) coverage.Remedy {
	r := coverage.Remedy{Kind: "sailing", At: g.At, Cost: f.o.Costs.Sailing}
	for _, row := range g.Rows {
		if f.w.NoWait != nil && f.w.NoWait[row] {
			r.People += float64(f.people[row])
		}
	}
	return r
}

func (f *finder) compare(a, b coverage.Remedy) int {
	enough := func(r coverage.Remedy) int {
		if r.Share >= f.o.Enough {
			return 0
		}
		return 1
	}
	if enough(a) != enough(b) {
		return enough(a) - enough(b)
	}
	if enough(a) == 0 {
		return cmp.Or(cmp.Compare(a.Cost, b.Cost), cmp.Compare(b.People, a.People))
	}
	return cmp.Or(cmp.Compare(b.People/b.Cost, a.People/a.Cost), cmp.Compare(a.Cost, b.Cost))
}
