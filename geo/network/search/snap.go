package search

import (
	"cmp"
	"context"
	"math"
	"slices"

	"lifecircle/geo/geodesy"
	"lifecircle/geo/network"
	"lifecircle/geo/network/e7"

	"github.com/paulmach/orb"
)

// The walk to the street unless said otherwise.
const (
	WalkKMH = 5   // its speed
	LimitM  = 500 // its greatest length
)

// SnapOptions say how points are brought to streets. Zero fields mean the
// default.
type SnapOptions struct {
	LimitM  float64 // farthest street, closed; 0: 500
	NearM   float64 // every street so close may be taken, and where none is every street within LimitM; 0: 50, negative: only the nearest
	WalkKMH float64 // speed of the walk to the street, for every profile; 0: 5

	// A piece of network that nothing connects with the rest both ways is small
	// when it has fewer nodes and a shorter length than this.
	MinNodes   int     // 0: 30
	MinLengthM float64 // 0: 3,000
}

func (o SnapOptions) withDefaults() SnapOptions {
	set := func(v *float64, to float64) {
		if *v == 0 {
			*v = to
		}
	}
	set(&o.LimitM, LimitM)
	set(&o.NearM, 50)
	set(&o.WalkKMH, WalkKMH)
	set(&o.MinLengthM, 3000)
	if o.MinNodes == 0 {
		o.MinNodes = 30
	}
	o.NearM = min(o.NearM, o.LimitM)
	return o
}

// Snapper brings points to the streets that a profile may use. Streets of small
// pieces (a car park, a yard behind a gate) take no points, unless an anchor has
// nothing else within the limit and so makes the piece count. It is immutable
// and safe for concurrent use.
type Snapper struct {
	w     *Ways
	o     SnapOptions
	tree  *tree
	parts *components
	large []bool // by piece of network
	kept  []bool // those, and the small pieces that count because of an anchor
	land  Land
}

// Land says on which landmass streets lie, so that no walk to the street crosses
// water. The zero value does not know.
type Land struct {
	Edge []int32 // by edge; [AnyLand] for one that joins landmasses or lies on none
}

// AnyLand is the landmass of a street that takes points of every landmass, and
// of a point that may go to every street.
const AnyLand = -1

// joins reports whether a point on a landmass may go to a street.
func (l Land) joins(point int32, edge uint32) bool {
	return point == AnyLand || l.Edge == nil || l.Edge[edge] == AnyLand || l.Edge[edge] == point
}

// Points are places off the street. Land is as long as At, or nil for [AnyLand].
type Points struct {
	At   []orb.Point
	Land []int32
}

func (p Points) landOf(i int) int32 {
	if p.Land == nil {
		return AnyLand
	}
	return p.Land[i]
}

// NewSnapper returns a snapper and the places of the anchors: the points that
// searches start from or lead to. An anchor goes to the nearest street of a
// large piece within the limit; when there is none, to the nearest street of
// all, whose piece then takes points like a large one. A point goes to streets
// of its own landmass only.
func NewSnapper(ctx context.Context, w *Ways, anchors Points, land Land, o SnapOptions) (*Snapper, *Places, error) {
	s := &Snapper{w: w, o: o.withDefaults(), tree: w.tree(), parts: w.pieces(), land: land}
	s.large = make([]bool, len(s.parts.nodes))
	for p := range s.large {
		s.large[p] = int(s.parts.nodes[p]) >= s.o.MinNodes || float64(s.parts.length[p]) >= s.o.MinLengthM*1000
	}
	s.kept = slices.Clone(s.large)
	var desk snapDesk
	for i, at := range anchors.At {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		if best, ok := s.nearest(at, anchors.landOf(i), &desk, s.large); ok && best.metres <= s.o.LimitM {
			continue
		}
		if best, ok := s.nearest(at, anchors.landOf(i), &desk, nil); ok && best.metres <= s.o.LimitM {
			s.kept[s.parts.edge[best.edge]] = true
		}
	}
	anchored, err := s.Snap(ctx, anchors)
	return s, anchored, err
}

// Agrees reports whether another snapper brings every point to the same places.
func (s *Snapper) Agrees(o *Snapper) bool {
	return s.w == o.w && s.o == o.o && slices.Equal(s.kept, o.kept) && slices.Equal(s.land.Edge, o.land.Edge)
}

// Snap brings points to their streets, in parallel. It looks among the large
// pieces first, then among the kept ones. Of these every street within the limit
// is taken: a yard that counts because of one anchor takes nobody away from the
// streets, or from the yard of another.
func (s *Snapper) Snap(ctx context.Context, points Points) (*Places, error) {
	at := points.At
	const block = 512
	n := (len(at) + block - 1) / block
	found := make([][]Place, n) // by block: lists of their own for each point would be a burden
	miss, count := make([]Miss, len(at)), make([]uint32, len(at))
	err := parallel(ctx, n, nil, func(b int, _ int) error {
		var desk snapDesk
		for i := b * block; i < min((b+1)*block, len(at)); i++ {
			before := len(found[b])
			land := points.landOf(i)
			found[b], miss[i] = s.place(found[b], at[i], land, &desk, s.look(at[i], land, &desk, s.large))
			if miss[i] == Cut {
				found[b], miss[i] = s.place(found[b], at[i], land, &desk, s.within(at[i], land, &desk, s.kept))
			}
			count[i] = uint32(len(found[b]) - before)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	p := &Places{First: make([]uint32, 1, len(at)+1), Miss: miss}
	total := uint32(0)
	for _, c := range count {
		total += c
		p.First = append(p.First, total)
	}
	p.Place = make([]Place, 0, total)
	for b, list := range found {
		p.Place, found[b] = append(p.Place, list...), nil
	}
	return p, nil
}

// place appends where one point meets the streets that it sees.
func (s *Snapper) place(list []Place, at orb.Point, land int32, desk *snapDesk, sights []sight) ([]Place, Miss) {
	if _, ok := e7.Of(at); !ok {
		return list, NoEarth
	}
	sights = slices.DeleteFunc(sights, func(seen sight) bool { return s.metres(at, seen) > s.o.LimitM })
	if len(sights) == 0 {
		if any, ok := s.nearest(at, land, desk, nil); ok && s.metres(at, any) <= s.o.LimitM {
			return list, Cut
		}
		return list, TooFar
	}
	for _, seen := range sights {
		list = append(list, s.at(at, seen))
	}
	return list, Found
}

// takes reports whether a street takes points of a landmass.
func (s *Snapper) takes(edge uint32, land int32, allowed []bool) bool {
	piece := s.parts.edge[edge]
	return piece != noPiece && (allowed == nil || allowed[piece]) && s.land.joins(land, edge)
}

// nearest returns the nearest piece of street within the limit, and a little
// beyond it: the frame is no judge of the limit.
func (s *Snapper) nearest(at orb.Point, land int32, desk *snapDesk, allowed []bool) (sight, bool) {
	best := sight{metres: math.Inf(1)}
	radius := s.o.LimitM*1.001 + 0.01
	for _, v := range desk.viewsOf(at) {
		radius = s.tree.visit(s.w.g, v, radius, &desk.open, func(seen sight) float64 {
			if s.takes(seen.edge, land, allowed) && seen.closer(best) {
				best = seen
			}
			return min(radius, best.metres)
		})
	}
	return best, !math.IsInf(best.metres, 1)
}

// look returns the streets within NearM, each at its nearest piece, in order of
// the edges; when there are none, those within LimitM and a little beyond: whoever
// lives off the street may walk to the one that is best. With a negative NearM it
// returns the nearest street.
func (s *Snapper) look(at orb.Point, land int32, desk *snapDesk, allowed []bool) []sight {
	desk.sights = desk.sights[:0]
	best := sight{metres: math.Inf(1)}
	radius := s.o.LimitM*1.001 + 0.01
	for _, v := range desk.viewsOf(at) {
		radius = s.tree.visit(s.w.g, v, radius, &desk.open, func(seen sight) float64 {
			if s.takes(seen.edge, land, allowed) {
				if seen.metres <= s.o.NearM {
					desk.sights = append(desk.sights, seen)
				}
				if seen.closer(best) {
					best = seen
				}
			}
			return min(radius, max(best.metres, s.o.NearM))
		})
	}
	if len(desk.sights) == 0 && !math.IsInf(best.metres, 1) {
		if s.o.NearM >= 0 {
			return s.within(at, land, desk, allowed)
		}
		desk.sights = append(desk.sights, best)
	}
	return byEdge(desk.sights)
}

// byEdge sorts by street and keeps each at its nearest piece.
func byEdge(list []sight) []sight {
	slices.SortFunc(list, func(a, b sight) int {
		return cmp.Or(cmp.Compare(a.edge, b.edge), cmp.Compare(a.metres, b.metres), cmp.Compare(a.piece, b.piece))
	})
	return slices.CompactFunc(list, func(a, b sight) bool { return a.edge == b.edge })
}

// within returns the streets within the limit, and a little beyond.
func (s *Snapper) within(at orb.Point, land int32, desk *snapDesk, allowed []bool) []sight {
	desk.sights = desk.sights[:0]
	radius := s.o.LimitM*1.001 + 0.01
	for _, v := range desk.viewsOf(at) {
		s.tree.visit(s.w.g, v, radius, &desk.open, func(seen sight) float64 {
			if s.takes(seen.edge, land, allowed) {
				desk.sights = append(desk.sights, seen)
			}
			return radius
		})
	}
	return byEdge(desk.sights)
}

// snapDesk is the scratch memory of one goroutine. What look returns lies in it.
type snapDesk struct {
	open   []branch
	sights []sight
	views  []view
}

func (d *snapDesk) viewsOf(at orb.Point) []view {
	d.views = appendViews(d.views[:0], at)
	return d.views
}

// spot is where a sight lies.
func (s *Snapper) spot(seen sight) orb.Point {
	g := s.w.g
	return e7.Between(g.Vertex(seen.edge, seen.piece), g.Vertex(seen.edge, seen.piece+1), seen.share)
}

func (s *Snapper) metres(at orb.Point, seen sight) float64 {
	return geodesy.Distance(at, s.spot(seen))
}

// at makes a place of a sight. The walk is rounded up to a millisecond.
func (s *Snapper) at(at orb.Point, seen sight) Place {
	p := Place{Edge: seen.edge, Piece: seen.piece, At: s.spot(seen)}
	leg := math.Ceil(s.metres(at, seen) * 3600 / s.o.WalkKMH)
	p.LegMS = uint32(min(leg, network.MaxMS))
	in := math.Round(seen.share * float64(s.w.g.PiecesMM(seen.edge)[seen.piece]))
	p.alongF, p.alongB = s.w.Along(seen.edge, seen.piece, uint32(in))
	return p
}
