package ground

import (
	"context"
	"math"

	"lifecircle/coverage"
	"lifecircle/coverage/travel/road"
	"lifecircle/geo/crs"
	"lifecircle/geo/friction"
	"lifecircle/geo/grid"
	"lifecircle/geo/network"

	"github.com/paulmach/orb"
)

// WalkKMH is the speed on good ground unless the ground says otherwise.
const WalkKMH = 5

// Surface is the ground of a transport, ready to be crossed. It is safe for
// concurrent use.
type Surface struct {
	surface friction.Surface
	options friction.Options
	place   crs.CRS
	kmh     float64 // of a walk to the first open cell
	limitM  float64
	landOf  func(orb.Point) int32 // nil: unknown
}

// New prepares the ground for a way to travel. roads burns the roads in. landOf
// tells the landmass of a place, -1 none; nil when it does not matter. Errors are
// Invalid for a transport without ground, or a ground that is none.
func New(ctx context.Context, t *coverage.Transport, travel coverage.Travel, roads bool, landOf func(orb.Point) int32) (*Surface, error) {
	if t == nil || t.Ground == nil {
		return nil, &coverage.Error{Code: coverage.Invalid, Key: "ground.none"}
	}
	g := t.Ground
	place, err := crs.Parse(g.Grid.CRS)
	if err != nil {
		return nil, err
	}
	s := &Surface{place: place, landOf: landOf, kmh: g.KMH, limitM: t.Snap.LimitM}
	if s.kmh == 0 {
		s.kmh = WalkKMH
	}
	if s.limitM == 0 {
		s.limitM = 500
	}
	if s.options, err = optionsOf(g, travel); err != nil {
		return nil, err
	}
	factor := 1.0
	if travel.SpeedKMH > 0 {
		factor, s.kmh = travel.SpeedKMH/s.kmh, travel.SpeedKMH
	}
	s.surface = friction.Surface{Grid: g.Grid, Seconds: scaled(g.Seconds, factor), Heights: g.Heights}
	if roads && t.Roads != nil && g.Roads != "" {
		err = s.burn(ctx, t, factor)
	}
	return s, err
}

func optionsOf(g *coverage.Ground, travel coverage.Travel) (friction.Options, error) {
	o := friction.Options{Neighbours: 8, Toward: !travel.From}
	if g.Knights {
		o.Neighbours = 16
	}
	slope, ok := Slope(g.Slope)
	if !ok {
		return o, &coverage.Error{Code: coverage.Invalid, Key: "ground.slope", Args: coverage.Args{"value": g.Slope}}
	}
	if g.Heights != nil {
		o.Slope = slope
	}
	return o, nil
}

// Slope is a slope function by its name, nil for "".
func Slope(name string) (*friction.Slope, bool) {
	switch name {
	case "":
		return nil, true
	case "tobler":
		return friction.Tobler(), true
	case "naismith":
		return friction.Naismith(), true
	case "langmuir":
		s, err := friction.Langmuir(friction.RWalk())
		return s, err == nil
	}
	return nil, false
}

// scaled copies seconds a metre at factor times the speed.
func scaled(seconds []float32, factor float64) []float32 {
	out := make([]float32, len(seconds))
	for i, s := range seconds {
		out[i] = float32(float64(s) / factor)
	}
	return out
}

// burn writes the streets into the surface. The speed of a profile on foot
// follows a chosen speed.
func (s *Surface) burn(ctx context.Context, t *coverage.Transport, factor float64) error {
	p := t.Profile(t.Ground.Roads)
	if p == nil {
		return &coverage.Error{Code: coverage.Invalid, Key: "road.mode", Args: coverage.Args{"value": t.Ground.Roads}}
	}
	foot := road.OnFoot(p)
	if !foot {
		factor = 1
		s.surface.Level = make([]bool, len(s.surface.Seconds))
	}
	weights := network.Compile(t.Roads, p, network.Boats{Scenario: network.NoBoats})
	for e := range t.Roads.Edges() {
		if e%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if ms := min(weights.MS(uint32(e), false), weights.MS(uint32(e), true)); ms != network.Never {
			pace := float32(float64(ms) / float64(max(1, t.Roads.LengthMM(uint32(e)))) / factor)
			if err := s.burnEdge(t.Roads, uint32(e), pace); err != nil {
				return err
			}
		}
	}
	return nil
}

// burnEdge burns one street of a pace in seconds a metre.
func (s *Surface) burnEdge(g *network.Graph, edge uint32, pace float32) error {
	line := g.Line(edge)
	points := make([]orb.Point, len(line))
	for i, p := range line {
		points[i] = s.onGrid(p)
		if i > 0 && s.place.IsGeographic() { // on from the vertex before
			points[i][0] += 360 * math.Round((points[i-1][0]-points[i][0])/360)
		}
	}
	cells := friction.Line(s.surface.Grid, points, friction.Four)
	_, err := friction.Burn(s.surface.Seconds, cells, pace, friction.Bridge)
	for _, c := range cells {
		if s.surface.Level != nil && s.surface.Seconds[c] == pace {
			s.surface.Level[c] = true
		}
	}
	return err
}

// Grid is the grid of the surface.
func (s *Surface) Grid() grid.Spec { return s.surface.Grid }

// Ground is the surface as it is searched, and how.
func (s *Surface) Ground() (*friction.Surface, friction.Options) { return &s.surface, s.options }

// Slopes reports whether heights are to count.
func (s *Surface) Slopes() bool { return s.options.Slope != nil }
