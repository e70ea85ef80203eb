package index

import (
	"math"
	"sync"

	"lifecircle/geo/geodesy"
)

// leafSize is how many points a leaf of [Packed] holds at most.
const leafSize = 8

// parallelSize is from how many points on the halves of a tree are built side by
// side.
const parallelSize = 1 << 13

// Packed is an immutable k-d tree over points on the ellipsoid, in earth-centred
// coordinates: no seam at the antimeridian, no poles. Slots number the points in
// tree order, so that neighbours lie together in memory; [Packed.ID] gives the
// caller's number. It is safe for concurrent use. The zero value is empty.
type Packed struct {
	at    []geodesy.Vec
	id    []int32
	nodes []box // implicit binary tree: children of i are 2i+1 and 2i+2
}

// box is an axis-parallel box in earth-centred metres.
type box struct{ min, max geodesy.Vec }

// NewPacked builds the tree over points numbered by their place in at. Points
// with a coordinate that is NaN are left out.
func NewPacked(at []geodesy.Vec) *Packed {
	t := &Packed{at: make([]geodesy.Vec, 0, len(at)), id: make([]int32, 0, len(at))}
	for i, v := range at {
		if s := v.X + v.Y + v.Z; s-s == 0 {
			t.at, t.id = append(t.at, v), append(t.id, int32(i))
		}
	}
	if len(t.at) > 0 {
		depth := 0
		for leafSize<<depth < len(t.at) {
			depth++
		}
		t.nodes = make([]box, 2<<depth-1)
		t.build(0, 0, len(t.at))
	}
	return t
}

// Len is the number of points.
func (t *Packed) Len() int { return len(t.at) }

// At returns the point in a slot.
func (t *Packed) At(slot int32) geodesy.Vec { return t.at[slot] }

// ID returns the caller's number of the point in a slot.
func (t *Packed) ID(slot int32) int32 { return t.id[slot] }

func (t *Packed) build(node, lo, hi int) {
	b := boundsOf(t.at[lo:hi])
	t.nodes[node] = b
	if 2*node+2 >= len(t.nodes) {
		return
	}
	mid := (lo + hi) / 2
	t.sortAround(lo, hi, mid, b.widest())
	if hi-lo < parallelSize {
		t.build(2*node+1, lo, mid)
		t.build(2*node+2, mid, hi)
		return
	}
	var left sync.WaitGroup // the halves share nothing
	left.Go(func() { t.build(2*node+1, lo, mid) })
	t.build(2*node+2, mid, hi)
	left.Wait()
}

func boundsOf(at []geodesy.Vec) box {
	if len(at) == 0 {
		inf := math.Inf(1)
		return box{geodesy.Vec{X: inf, Y: inf, Z: inf}, geodesy.Vec{X: -inf, Y: -inf, Z: -inf}}
	}
	b := box{at[0], at[0]}
	for _, v := range at[1:] {
		b.min.X, b.max.X = min(b.min.X, v.X), max(b.max.X, v.X)
		b.min.Y, b.max.Y = min(b.min.Y, v.Y), max(b.max.Y, v.Y)
		b.min.Z, b.max.Z = min(b.min.Z, v.Z), max(b.max.Z, v.Z)
	}
	return b
}

// widest returns the axis (0, 1, 2) along which the box is longest.
func (b *box) widest() int {
	x, y, z := b.max.X-b.min.X, b.max.Y-b.min.Y, b.max.Z-b.min.Z
	switch {
	case x >= y && x >= z:
		return 0
	case y >= z:
		return 1
	}
	return 2
}

func axis(v *geodesy.Vec, k int) float64 {
	switch k {
	case 0:
		return v.X
	case 1:
		return v.Y
	}
	return v.Z
}

// sortAround puts the points of lo..hi so that none before mid lies beyond any
// after it along an axis (Hoare's selection, pivot from the middle of three).
func (t *Packed) sortAround(lo, hi, mid, k int) {
	for hi-lo > 1 {
		pivot := t.pivot(lo, hi, k)
		i, j := lo, hi-1
		for i <= j {
			for axis(&t.at[i], k) < pivot {
				i++
			}
			for axis(&t.at[j], k) > pivot {
				j--
			}
			if i <= j {
				t.at[i], t.at[j] = t.at[j], t.at[i]
				t.id[i], t.id[j] = t.id[j], t.id[i]
				i++
				j--
			}
		}
		switch {
		case mid <= j:
			hi = j + 1
		case mid >= i:
			lo = i
		default:
			return
		}
	}
}

func (t *Packed) pivot(lo, hi, k int) float64 {
	a, b, c := axis(&t.at[lo], k), axis(&t.at[(lo+hi)/2], k), axis(&t.at[hi-1], k)
	return max(min(a, b), min(max(a, b), c))
}

// near2 is the squared distance from v to the nearest point of the box.
func (b *box) near2(v *geodesy.Vec) float64 {
	x := max(b.min.X-v.X, v.X-b.max.X, 0)
	y := max(b.min.Y-v.Y, v.Y-b.max.Y, 0)
	z := max(b.min.Z-v.Z, v.Z-b.max.Z, 0)
	return x*x + y*y + z*z
}

// far2 is the squared distance from v to the farthest point of the box.
func (b *box) far2(v *geodesy.Vec) float64 {
	x := max(v.X-b.min.X, b.max.X-v.X)
	y := max(v.Y-b.min.Y, b.max.Y-v.Y)
	z := max(v.Z-b.min.Z, b.max.Z-v.Z)
	return x*x + y*y + z*z
}
