package road

import (
	"cmp"
	"sync"

	"lifecircle/coverage"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
)

// metreKMH is the speed at which a millisecond is a millimetre.
const metreKMH = 3.6

// onFootKMH is the fastest speed on a residential street of who walks: whoever is
// not faster walks to the street at a chosen speed too.
const onFootKMH = 7

// Network is the roads of a transport under one mode of travel. It is safe for
// concurrent use.
type Network struct {
	ways   *search.Ways
	snap   search.SnapOptions
	land   search.Land
	toward bool
	metres bool

	mu   sync.Mutex
	last snapped // of the demand, since it is asked for again and again
}

// snapped is points brought to the streets by a snapper.
type snapped struct {
	by     *search.Snapper
	at     []orb.Point
	land   []int32
	places *search.Places
}

// New weighs the roads for a way to travel. metres asks for distances instead of
// times. landOf tells the landmass of a place, -1 none; nil lets walks to the
// street cross water. The error is Invalid for a mode or scenario that the
// transport does not have.
func New(t *coverage.Transport, travel coverage.Travel, metres bool, landOf func(orb.Point) int32) (*Network, error) {
	p := t.Profile(travel.Mode)
	if t == nil || t.Roads == nil || p == nil {
		return nil, &coverage.Error{Code: coverage.Invalid, Key: "road.mode", Args: coverage.Args{"value": travel.Mode}}
	}
	boats, err := BoatsOf(t, travel)
	if err != nil {
		return nil, err
	}
	used, snap := scaled(*p, t.Snap, travel.SpeedKMH)
	if metres {
		used, snap.WalkKMH, boats.Scenario = byLength(used), metreKMH, network.NoBoats
	}
	return &Network{
		ways: search.Over(network.Compile(t.Roads, &used, boats)), snap: snap,
		land: EdgeLand(t.Roads, landOf), toward: !travel.From, metres: metres,
	}, nil
}

// BoatsOf is the state of the ferries for a way to travel. The error is Invalid
// for a scenario that is not known.
func BoatsOf(t *coverage.Transport, travel coverage.Travel) (network.Boats, error) {
	boats := t.Boats
	if travel.Boats == "" {
		return boats, nil
	}
	s, ok := network.ParseScenario(travel.Boats)
	if !ok {
		return boats, &coverage.Error{Code: coverage.Invalid, Key: "road.boats", Args: coverage.Args{"value": travel.Boats}}
	}
	boats.Scenario = s
	return boats, nil
}

// Nominal is the speed of a profile on a residential street (that of streets
// opened by a tag when it has none): a chosen speed stands for it.
func Nominal(p *profile.Profile) float64 {
	if kmh := p.KMH["residential"]; kmh > 0 {
		return kmh
	}
	return p.OpenKMH
}

// OnFoot reports whether a profile is that of somebody who walks.
func OnFoot(p *profile.Profile) bool { return Nominal(p) <= onFootKMH }

// scaled is a profile whose nominal speed is kmh and whose other speeds change
// alike; 0 changes nothing. On a street with a signed limit the slower are slower
// too, but nobody is faster than it.
func scaled(p profile.Profile, snap search.SnapOptions, kmh float64) (profile.Profile, search.SnapOptions) {
	nominal := Nominal(&p)
	if kmh == 0 || nominal == 0 {
		return p, snap
	}
	factor := kmh / nominal
	if OnFoot(&p) {
		if snap.WalkKMH == 0 {
			snap.WalkKMH = search.WalkKMH
		}
		snap.WalkKMH *= factor
	}
	all := func(v float64) float64 { return v * factor }
	p.KMH, p.Slow, p.Surface = each(p.KMH, all), each(p.Slow, all), each(p.Surface, all)
	p.OpenKMH, p.LinkKMH = p.OpenKMH*factor, p.LinkKMH*factor
	if p.MaxSpeed != "" {
		p.MaxSpeedShare = cmp.Or(p.MaxSpeedShare, 1) * min(factor, 1)
	}
	return p, snap
}

// byLength is a profile on which every open street takes a millisecond a
// millimetre.
func byLength(p profile.Profile) profile.Profile {
	one := func(v float64) float64 {
		if v > 0 {
			return metreKMH
		}
		return 0
	}
	p.KMH, p.Slow, p.Surface = each(p.KMH, one), each(p.Slow, one), each(p.Surface, one)
	p.OpenKMH, p.LinkKMH, p.MaxSpeed = one(p.OpenKMH), metreKMH, ""
	return p
}

func each(m map[string]float64, f func(float64) float64) map[string]float64 {
	out := make(map[string]float64, len(m))
	for k, v := range m {
		out[k] = f(v)
	}
	return out
}

// EdgeLand tells on which landmass each street lies: that of its two ends,
// [search.AnyLand] for a street between two, or with an end on none.
func EdgeLand(g *network.Graph, landOf func(orb.Point) int32) search.Land {
	if landOf == nil {
		return search.Land{}
	}
	node := make([]int32, g.Nodes())
	for i := range node {
		node[i] = landOf(g.NodeAt(uint32(i)))
	}
	l := search.Land{Edge: make([]int32, g.Edges())}
	for e := range l.Edge {
		from, to := g.Ends(uint32(e))
		l.Edge[e] = node[from]
		if node[from] != node[to] {
			l.Edge[e] = search.AnyLand
		}
	}
	return l
}
