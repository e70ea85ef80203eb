package mode

import (
	"context"
	"math"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/travel"
)

// Bordered is an impedance that heeds who may use what, wherever facilities say
// it ([travel.Points]): nobody is told of a facility that is not theirs to use.
// [Impedance.Route] takes one place and is left to whoever asks.
func Bordered(way Impedance) Impedance { return bordered{way} }

type bordered struct{ Impedance }

// bounded is an impedance that can look for some rows of a demand and stop at a
// limit.
type bounded interface {
	nearestWithin(ctx context.Context, facilities, demand travel.Points, rows []int32, limit uint32) (*Reached, error)
}

// Nearest asks for all rows as if there were no borders, and again for those
// whose nearest facility is barred to them.
func (b bordered) Nearest(ctx context.Context, facilities, demand travel.Points, p coverage.Progress) (*Reached, error) {
	whole, err := b.Impedance.Nearest(ctx, facilities, demand, p)
	if _, straight := b.Impedance.(line); err != nil || straight || !travel.Bordered(facilities, demand) {
		return whole, err // straight lines heed borders themselves, by the metre
	}
	n := len(demand.At)
	own := &travel.Costs{Cost: make([]uint32, n), Facility: make([]int32, n)}
	for i := range n {
		own.Cost[i], own.Facility[i] = whole.At(i)
	}
	barred := travel.Barred(func(row int) int32 { return own.Facility[row] }, facilities, demand)
	for _, i := range barred {
		own.Cost[i], own.Facility[i] = coverage.Never, -1
	}
	for _, c := range travel.Circles(facilities, demand, barred) {
		if err := b.within(ctx, facilities, demand, c, whole.Answer, own); err != nil {
			return nil, err
		}
	}
	return &Reached{own, whole.Demand, whole.Facilities, whole.FlatSlope}, nil
}

// within answers one circle. It looks no farther than it must: first within twice
// what the rows would need without borders, then farther for the rest, so
// that a hundred circles do not search the whole map a hundred times.
func (b bordered) within(ctx context.Context, facilities, demand travel.Points, c travel.Circle, whole travel.Answer, own *travel.Costs) error {
	sub, rows, limit := facilities.Of(c.Facilities), c.Rows, uint32(0)
	for _, i := range rows {
		cost, _ := whole.At(int(i))
		limit = max(limit, cost)
	}
	for limit = farther(limit, 2); len(rows) > 0; limit = farther(limit, 8) {
		near, err := b.nearest(ctx, sub, demand, rows, limit)
		if err != nil {
			return err
		}
		var rest []int32
		for k, i := range rows {
			cost, f := near.At(k)
			if f < 0 || limit > 0 && cost > limit {
				rest = append(rest, i) // over the limit a nearer one may not have been seen
				continue
			}
			if f = c.Facilities[f]; cost < own.Cost[i] || cost == own.Cost[i] && f < own.Facility[i] {
				own.Cost[i], own.Facility[i] = cost, f
			}
		}
		if limit == 0 {
			return nil
		}
		rows = rest
	}
	return nil
}

// farther is a limit so many times as far; 0, none, where that is out of sight.
func farther(limit, times uint32) uint32 {
	if limit > math.MaxUint32/64 {
		return 0
	}
	return max(1, limit) * times
}

func (b bordered) nearest(ctx context.Context, facilities, demand travel.Points, rows []int32, limit uint32) (*Reached, error) {
	if way, ok := b.Impedance.(bounded); ok {
		return way.nearestWithin(ctx, facilities, demand, rows, limit)
	}
	return b.Impedance.Nearest(ctx, facilities, demand.Of(rows), nil)
}

func (b bordered) Matrix(ctx context.Context, facilities, demand travel.Points, limit uint32, p coverage.Progress) (*travel.Matrix, error) {
	m, err := b.Impedance.Matrix(ctx, facilities, demand, limit, p)
	return heed(m, facilities, demand), err
}

func (b bordered) Within(ctx context.Context, facilities, demand travel.Points, limit uint32) (*travel.Matrix, error) {
	m, err := b.Impedance.Within(ctx, facilities, demand, limit)
	return heed(m, facilities, demand), err
}

// heed drops the pairs that borders forbid.
func heed(m *travel.Matrix, facilities, demand travel.Points) *travel.Matrix {
	if m == nil || !travel.Bordered(facilities, demand) {
		return m
	}
	kept := int64(0)
	for f, users := range facilities.Users {
		from := m.First[f]
		m.First[f] = kept
		for k := from; k < m.First[f+1]; k++ {
			if users.Have(demand.Ward[m.Row[k]]) {
				m.Row[kept], m.Cost[kept] = m.Row[k], m.Cost[k]
				kept++
			}
		}
	}
	m.First[len(facilities.Users)] = kept
	m.Row, m.Cost = m.Row[:kept], m.Cost[:kept]
	return m
}

func (b bordered) Count(ctx context.Context, facilities, demand travel.Points, limit []uint32, class []uint8, p coverage.Progress) ([]uint16, error) {
	if !travel.Bordered(facilities, demand) {
		return b.Impedance.Count(ctx, facilities, demand, limit, class, p)
	}
	all := make([]int32, len(demand.At))
	for i := range all {
		all[i] = int32(i)
	}
	total, err := b.Impedance.Count(ctx, facilities.Part(0, 0), demand, limit, class, nil)
	if err != nil || total == nil {
		return nil, err // it does not count
	}
	for _, c := range travel.Circles(facilities, demand, all) {
		counts, err := b.countIn(ctx, facilities.Of(c.Facilities), demand, c.Rows, limit, class, p)
		if err != nil {
			return nil, err
		}
		for k, i := range c.Rows {
			total[i] = uint16(min(uint32(total[i])+uint32(counts[k]), math.MaxUint16))
		}
	}
	return total, nil
}

// countIn counts for some rows; for all of them it hands the demand on as it is,
// whose places a way to travel may remember.
func (b bordered) countIn(ctx context.Context, facilities, demand travel.Points, rows []int32, limit []uint32, class []uint8, p coverage.Progress) ([]uint16, error) {
	if len(rows) == len(demand.At) && slices.IsSorted(rows) {
		return b.Impedance.Count(ctx, facilities, demand, limit, class, p)
	}
	of := make([]uint8, len(rows))
	for k, i := range rows {
		of[k] = class[i]
	}
	return b.Impedance.Count(ctx, facilities, demand.Of(rows), limit, of, p)
}
