package friction

import "context"

// worker is the scratch memory of one goroutine: the buckets of a span.
type worker struct {
	store
	ring [buckets][]uint64 // entries by time
}

// task is the search of a tile within a span.
type task struct {
	*search
	*worker
	t    *tile
	span uint32
}

// search settles the cells of a tile whose times lie in a span or before.
func (w *worker) search(ctx context.Context, h *search, t *tile, span uint32) {
	k := task{h, w, t, span}
	inbox := t.receive()
	t.advance(&w.store, span, h.shift+spanShift, k.current, func(e uint64) { w.put(uint32(e>>32)>>h.shift%buckets, e) })
	for _, m := range inbox {
		k.offer(k.cell(m.at), m.at, m.ms, m.source)
	}
	settled := 0
	for b := uint32(0); b < buckets; b++ {
		for i := 0; i < len(w.ring[b]); i++ { // the bucket may grow as it is emptied
			if settled++; settled%4096 == 0 && ctx.Err() != nil {
				return
			}
			k.leave(w.ring[b][i])
		}
		w.ring[b] = w.ring[b][:0]
	}
	h.settled.Add(int64(settled))
	t.settle()
}

// put adds an entry to a bucket.
func (w *worker) put(bucket uint32, entry uint64) {
	w.ring[bucket] = append(w.ring[bucket], entry)
}

// cell is the number on the grid of a cell of the tile.
func (k *task) cell(at uint32) int {
	return int(k.t.row+int32(at>>tileShift))*int(k.cols) + int(k.t.col+int32(at%tileSide))
}

// current reports whether no shorter way was found since an entry was made.
func (k *task) current(entry uint64) bool {
	return k.res.MS[k.cell(uint32(entry))] == uint32(entry>>32)
}

// leave takes all steps from the cell of an entry, unless a shorter way to the
// cell was found since.
func (k *task) leave(entry uint64) {
	ms, at := uint32(entry>>32), uint32(entry)
	c := k.cell(at)
	if k.res.MS[c] != ms || ms == k.limit {
		return
	}
	row, col := int32(at>>tileShift), int32(at%tileSide)
	switch {
	case row < 2 || col < 2 || row >= k.t.rows-2 || col >= k.t.cols-2:
		k.leaveEdge(c, row, col, ms)
	case k.slope != nil || k.knights:
		k.leaveInside(c, at, ms)
	default:
		k.leaveFlat(c, at, ms)
	}
}

// leaveFlat takes the 8 steps from a cell two or more away from the tile's edge,
// on flat ground: the case that fills most of the time.
func (k *task) leaveFlat(c int, at, ms uint32) {
	h := k.search
	rates := &h.rates[(int(k.t.row)+int(at>>tileShift))*h.lengths.level]
	here, source := float64(h.sec[c]), h.res.Source[c]
	room := float64(h.limit-ms) + 1
	for way := range 8 {
		n := c + h.offset[way]
		known := h.res.MS[n]
		if known <= ms {
			continue
		}
		step := float64((here+float64(h.sec[n]))*rates[way]) + 0.5
		if !(step < room) { // closed cells and what is not a number too
			continue
		}
		then := ms + max(uint32(step), 1)
		if then > known || then == known && source >= h.res.Source[n] || way >= 4 && h.corner(c, way) {
			continue
		}
		h.res.MS[n], h.res.Source[n] = then, source
		k.queue(then, at+local[way])
	}
}

// leaveInside takes the steps from a cell two or more away from the tile's edge.
func (k *task) leaveInside(c int, at, ms uint32) {
	h := k.search
	row := k.t.row + int32(at>>tileShift)
	source, room := h.res.Source[c], float64(h.limit-ms)+1
	for way := range h.ways() {
		n := c + h.offset[way]
		known := h.res.MS[n]
		if known <= ms || !h.open(n) {
			continue
		}
		step := h.step(c, n, row, way)
		if !(step < room) {
			continue
		}
		then := ms + max(uint32(step), 1)
		if then > known || then == known && source >= h.res.Source[n] || way >= 4 && h.corner(c, way) {
			continue
		}
		h.res.MS[n], h.res.Source[n] = then, source
		k.queue(then, at+local[way])
	}
}

// leaveEdge takes the steps from a cell near the tile's edge; row and col are in
// the tile.
func (k *task) leaveEdge(c int, row, col int32, ms uint32) {
	h, t := k.search, k.t
	source, room := h.res.Source[c], float64(h.limit-ms)+1
	for way := range h.ways() {
		r, q := row+ways[way].dr, col+ways[way].dc
		if t.row+r < 0 || t.col+q < 0 || t.row+r >= h.rows || t.col+q >= h.cols {
			continue
		}
		n := c + h.offset[way]
		if !h.open(n) || h.corner(c, way) {
			continue
		}
		step := h.step(c, n, t.row+row, way)
		if !(step < room) {
			continue
		}
		then := ms + max(uint32(step), 1)
		if r >= 0 && q >= 0 && r < t.rows && q < t.cols {
			k.offer(n, uint32(r<<tileShift|q), then, source)
		} else {
			h.send(t.row+r, t.col+q, then, source)
		}
	}
}

// offer settles a cell of the tile for a way that is better than the known one.
func (k *task) offer(n int, at, ms uint32, source int32) {
	if known := k.res.MS[n]; ms > known || ms == known && source >= k.res.Source[n] {
		return
	}
	k.res.MS[n], k.res.Source[n] = ms, source
	k.queue(ms, at)
}

// queue remembers to leave a cell.
func (k *task) queue(ms, at uint32) {
	entry := uint64(ms)<<32 | uint64(at)
	if span := ms >> (k.shift + spanShift); span > k.span {
		k.t.push(&k.store, span, entry)
		return
	}
	k.put(ms>>k.shift%buckets, entry)
}

// local is what the ways add to the number of a cell in its tile, less than
// nothing as a complement.
var local = func() (d [16]uint32) {
	for i, w := range ways {
		d[i] = uint32(w.dr*tileSide + w.dc)
	}
	return d
}()
