package travel

import (
	"context"
	"math"

	"lifecircle/coverage"
	"lifecircle/coverage/block"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/index"

	"github.com/paulmach/orb"
)

// Matrix finds the costs under a rule between the facilities of the line and the
// demand rows that lie within the rule's own threshold, or within limit where
// that is not 0 (closed). Pairs of different landmasses are left out when the
// landmass rule is on.
func (l *Line) Matrix(ctx context.Context, demand Points, rule coverage.Rule, limit uint32, p coverage.Progress) (*Matrix, error) {
	if err := l.check(demand); err != nil {
		return nil, err
	}
	if limit == 0 {
		limit = rule.Threshold.Limit()
	}
	near := l.rowsNear(demand)
	radiusM := radiusOf(limit, rule)
	sources := l.facilities.At
	rows, costs := make([][]uint32, len(sources)), make([][]uint32, len(sources))
	tick := &ticker{p: p, stage: "progress.matrix", total: int64(len(sources))}
	err := block.Items(ctx, len(sources), func(i int) {
		rows[i], costs[i] = l.row(near, demand, i, radiusM, limit, rule)
		tick.add(1)
	})
	if err != nil {
		return nil, err
	}
	return joinRows(rows, costs), nil
}

// Scan is [Line.Matrix] without an index over the demand, for a few facilities:
// rows outside a box around one are passed over.
func (l *Line) Scan(ctx context.Context, demand Points, rule coverage.Rule, limit uint32) (*Matrix, error) {
	if err := l.check(demand); err != nil {
		return nil, err
	}
	ruled, radiusM := l.ruled(demand), radiusOf(limit, rule)
	rows, costs := make([][]uint32, len(l.facilities.At)), make([][]uint32, len(l.facilities.At))
	for s, at := range l.facilities.At {
		if ruled && l.facilities.Land[s] < 0 {
			continue
		}
		parts := make([][2][]uint32, block.Count(len(demand.At)))
		low, high, ok := boxAround(at, radiusM)
		from := geodesy.ECEF(at)
		err := block.Each(ctx, len(demand.At), func(b, lo, hi int) {
			for i := lo; i < hi; i++ {
				p := demand.At[i]
				if ok && (p[0] < low[0] || p[0] > high[0] || p[1] < low[1] || p[1] > high[1]) || ruled && demand.Land[i] != l.facilities.Land[s] {
					continue
				}
				if c := Cost(geodesy.Metres(from, geodesy.ECEF(p)), rule); c <= limit {
					parts[b][0], parts[b][1] = append(parts[b][0], uint32(i)), append(parts[b][1], c)
				}
			}
		})
		if err != nil {
			return nil, err
		}
		for _, part := range parts {
			rows[s], costs[s] = append(rows[s], part[0]...), append(costs[s], part[1]...)
		}
	}
	return joinRows(rows, costs), nil
}

// boxAround is a box in degrees that holds everything within a radius; not ok
// where that is more than a plain box: near a pole or the antimeridian.
func boxAround(at orb.Point, radiusM float64) (low, high orb.Point, ok bool) {
	dy := radiusM/110_000 + 1e-9 // a degree of latitude is 110,574 m at least
	top := math.Abs(at[1]) + dy
	if top > 85 {
		return low, high, false
	}
	dx := dy * 1.01 / math.Cos(top*math.Pi/180)
	low, high = orb.Point{at[0] - dx, at[1] - dy}, orb.Point{at[0] + dx, at[1] + dy}
	return low, high, low[0] > -180 && high[0] < 180
}

// rowsNear indexes the demand.
func (l *Line) rowsNear(demand Points) *index.Packed {
	at := make([]geodesy.Vec, len(demand.At))
	for i, p := range demand.At {
		at[i] = geodesy.ECEF(p)
	}
	return index.NewPacked(at)
}

// row lists the demand rows of one source and what they cost.
func (l *Line) row(near *index.Packed, demand Points, i int, radiusM float64, limit uint32, rule coverage.Rule) (rows, costs []uint32) {
	ruled := l.ruled(demand)
	if ruled && l.facilities.Land[i] < 0 {
		return nil, nil
	}
	from := geodesy.ECEF(l.facilities.At[i])
	for _, r := range near.Within(l.facilities.At[i], radiusM) {
		if ruled && demand.Land[r] != l.facilities.Land[i] {
			continue
		}
		if c := Cost(geodesy.Metres(from, geodesy.ECEF(demand.At[r])), rule); c <= limit {
			rows, costs = append(rows, uint32(r)), append(costs, c)
		}
	}
	return rows, costs
}

// radiusOf is a straight distance that no cost within the limit exceeds.
func radiusOf(limit uint32, rule coverage.Rule) float64 {
	f := factor(rule)
	if !(f > 0) {
		return 0
	}
	return (float64(limit) + 1) / f
}

// joinRows puts the rows of a matrix into columns.
func joinRows(rows, costs [][]uint32) *Matrix {
	m := &Matrix{First: make([]int64, 1, len(rows)+1)}
	n := 0
	for _, r := range rows {
		n += len(r)
		m.First = append(m.First, int64(n))
	}
	m.Row, m.Cost = make([]uint32, 0, n), make([]uint32, 0, n)
	for i := range rows {
		m.Row, m.Cost = append(m.Row, rows[i]...), append(m.Cost, costs[i]...)
		rows[i], costs[i] = nil, nil
	}
	return m
}
