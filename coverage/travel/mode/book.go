package mode

import (
	"context"
	"errors"
	"sync"

	"lifecircle/coverage"
	"lifecircle/coverage/travel/ground"
	"lifecircle/coverage/travel/road"
	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

// snapM is how far off the land a street or a piece of ground still belongs to
// it: that of a project file.
const snapM = 1000

// Book holds the ways to travel of one transport. It is safe for concurrent use.
type Book struct {
	transport *coverage.Transport
	land      []coverage.Land
	landOf    func() func(orb.Point) int32

	mu   sync.Mutex
	made map[key]*entry
}

// key is what two rules with one impedance have in common.
type key struct {
	coverage.Travel
	metres, ruled bool
}

type entry struct {
	once      sync.Once
	impedance Impedance
	err       error
}

// NewBook makes the book of a dataset; datasets that share transport and land
// may share it ([Book.Serves]).
func NewBook(ds *coverage.Dataset) *Book {
	b := &Book{transport: ds.Transport, land: ds.Land, made: map[key]*entry{}}
	b.landOf = sync.OnceValue(func() func(orb.Point) int32 { return landmasses(ds.Land) })
	return b
}

// Serves reports whether the book is that of a dataset.
func (b *Book) Serves(ds *coverage.Dataset) bool {
	return b.transport == ds.Transport && len(b.land) == len(ds.Land) && (len(b.land) == 0 || &b.land[0] == &ds.Land[0])
}

// landmasses tells the landmass of a place: that which holds it, else the nearest
// within snapM, -1 for none.
func landmasses(land []coverage.Land) func(orb.Point) int32 {
	shapes := make([]orb.MultiPolygon, len(land))
	for i := range land {
		shapes[i] = land[i].Geometry
	}
	index := zonal.New(shapes)
	return func(at orb.Point) int32 {
		if i := index.Find(at); i >= 0 {
			return i
		}
		i, _ := index.Nearest(at, snapM)
		return i
	}
}

// LandOf is the landmass of a place: that which holds it or lies within a
// kilometre, -1 for none.
func (b *Book) LandOf(at orb.Point) int32 { return b.landOf()(at) }

// For returns the impedance of a rule. ruled: nobody walks over water, neither
// straight nor to a street. The error is Invalid for a mode that the data do not
// have.
func (b *Book) For(ctx context.Context, rule coverage.Rule, ruled bool) (Impedance, error) {
	if rule.Travel.Mode == coverage.ModeLine {
		return line{rule}, nil
	}
	k := key{rule.Travel, !rule.Threshold.IsTime(), ruled && len(b.land) > 0}
	k.Detour = 0
	for {
		b.mu.Lock()
		e := b.made[k]
		if e == nil {
			e = &entry{}
			b.made[k] = e
		}
		b.mu.Unlock()
		e.once.Do(func() { e.impedance, e.err = b.make(ctx, k) })
		if e.err == nil {
			return e.impedance, nil
		}
		b.mu.Lock()
		if b.made[k] == e {
			delete(b.made, k)
		}
		b.mu.Unlock()
		if ctx.Err() != nil || !errors.Is(e.err, context.Canceled) && !errors.Is(e.err, context.DeadlineExceeded) {
			return nil, e.err
		} // else another asker's try was stopped, not ours
	}
}

func (b *Book) make(ctx context.Context, k key) (Impedance, error) {
	landOf := b.landOf()
	if !k.ruled {
		landOf = nil
	}
	switch {
	case k.Mode == coverage.ModeFriction && k.metres, k.Mode == coverage.ModeMixed && k.metres:
		return nil, &coverage.Error{Code: coverage.Invalid, Key: "mode.metres", Args: coverage.Args{"value": k.Mode}}
	case k.Mode == coverage.ModeFriction:
		s, err := ground.New(ctx, b.transport, k.Travel, true, landOf)
		return surface{s}, err
	case k.Mode == coverage.ModeMixed:
		return newJoined(ctx, b.transport, k.Travel, landOf)
	}
	n, err := road.New(b.transport, k.Travel, k.metres, landOf)
	return network{n}, err
}
