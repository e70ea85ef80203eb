package search

import (
	"math/bits"

	"lifecircle/geo/network"
)

// Table holds times from (or toward) each source to the targets within the
// limit, row by row: those of source i are Target[First[i]:First[i+1]], in order,
// and as many MS.
type Table struct {
	First  []int64
	Target []uint32
	MS     []uint32
}

// Row returns the targets of a source and their times.
func (t *Table) Row(source int) (targets, ms []uint32) {
	return t.Target[t.First[source]:t.First[source+1]], t.MS[t.First[source]:t.First[source+1]]
}

// TableRow is the row of one source: targets, ascending, and as many times.
type TableRow struct{ Target, MS []uint32 }

// NewTable puts rows together and lets go of each as it does.
func NewTable(rows []TableRow) *Table {
	t := &Table{First: make([]int64, 1, len(rows)+1)}
	total := 0
	for _, r := range rows {
		total += len(r.Target)
		t.First = append(t.First, int64(total))
	}
	t.Target, t.MS = make([]uint32, 0, total), make([]uint32, 0, total)
	for i, r := range rows {
		t.Target, t.MS = append(t.Target, r.Target...), append(t.MS, r.MS...)
		rows[i] = TableRow{}
	}
	return t
}

// RowDesk keeps the best time to each target while a row is found. It serves one
// goroutine, row after row.
type RowDesk struct {
	best   []uint32 // by target
	marked []uint64 // targets with a best, a bit each
}

// NewRowDesk returns an empty desk for so many targets.
func NewRowDesk(targets int) *RowDesk {
	d := &RowDesk{make([]uint32, targets), make([]uint64, (targets+63)/64)}
	for i := range d.best {
		d.best[i] = network.Never
	}
	return d
}

// Offer takes a time to a target that is within the limit and the best so far.
func (d *RowDesk) Offer(target, ms, limit uint32) {
	if ms <= limit && ms < d.best[target] {
		d.best[target] = ms
		d.marked[target>>6] |= 1 << (target & 63)
	}
}

// Take returns the row and clears the desk.
func (d *RowDesk) Take() TableRow {
	n := 0
	for _, w := range d.marked {
		n += bits.OnesCount64(w)
	}
	r := TableRow{make([]uint32, 0, n), make([]uint32, 0, n)}
	for i, w := range d.marked {
		for ; w != 0; w &= w - 1 {
			t := uint32(i<<6 | bits.TrailingZeros64(w))
			r.Target, r.MS = append(r.Target, t), append(r.MS, d.best[t])
			d.best[t] = network.Never
		}
		d.marked[i] = 0
	}
	return r
}
