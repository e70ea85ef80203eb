package network

// End is a node of a search by which an edge is left or entered.
type End struct {
	Node     uint32 // below [Weights.Nodes]
	Backward bool   // along the edge from its second node to its first
}

// LeaveVia lists where one comes to who leaves an edge: one node each way in
// which it is open.
func (w *Weights) LeaveVia(edge uint32) []End { return w.AppendLeaves(nil, edge) }

// AppendLeaves is LeaveVia into a list.
func (w *Weights) AppendLeaves(list []End, edge uint32) []End {
	if w.forward[edge] != Never {
		list = append(list, End{w.endOf(edge<<1, w.g.to[edge]), false})
	}
	if w.backward[edge] != Never {
		list = append(list, End{w.endOf(edge<<1|1, w.g.from[edge]), true})
	}
	return list
}

// endOf is the node where an arc ends: a node of its own when turns are
// forbidden after it.
func (w *Weights) endOf(ref, node uint32) uint32 {
	if n, ok := w.redirect[ref]; ok {
		return n
	}
	return node
}

// ArriveVia lists the nodes from which one may enter an edge, each way in which
// it is open.
func (w *Weights) ArriveVia(edge uint32) []End { return w.AppendArrivals(nil, edge) }

// AppendArrivals is ArriveVia into a list.
func (w *Weights) AppendArrivals(list []End, edge uint32) []End {
	if from := w.g.from[edge]; w.forward[edge] != Never && !w.blocked[from] {
		list = w.appendEntries(list, End{from, false}, edge<<1)
	}
	if to := w.g.to[edge]; w.backward[edge] != Never && !w.blocked[to] {
		list = w.appendEntries(list, End{to, true}, edge<<1|1)
	}
	return list
}

// appendEntries adds a node and those of its copies that keep the arc.
func (w *Weights) appendEntries(list []End, e End, ref uint32) []End {
	list = append(list, e)
	for _, n := range w.copies[e.Node] {
		for i := w.out.First[n]; i < w.out.First[n+1]; i++ {
			if w.out.Ref[i] == ref {
				list = append(list, End{n, e.Backward})
				break
			}
		}
	}
	return list
}

// Along measures where a place is, inMM millimetres within a piece: the time to
// it from the first node of the edge going forward, and from it to that node
// going backward, 0 when the edge is closed that way. It is that of the whole
// pieces before it and its share, rounded down, of its own piece.
func (w *Weights) Along(edge, piece, inMM uint32) (forward, backward uint32) {
	return w.alongAt(edge, piece, inMM, false), w.alongAt(edge, piece, inMM, true)
}

func (w *Weights) alongAt(edge, piece, inMM uint32, backward bool) uint32 {
	whole := w.MS(edge, backward)
	if whole == Never {
		return 0
	}
	if w.pace == nil {
		return w.shareOfWhole(edge, piece, inMM, whole)
	}
	kmh := w.pace[w.g.class[edge]].forward
	if backward {
		kmh = w.pace[w.g.class[edge]].backward
	}
	var sum float64
	pieces := w.g.PiecesMM(edge)
	for _, mm := range pieces[:piece] {
		sum += pieceMS(mm, kmh)
	}
	ms := uint64(sum)
	if mm := pieces[piece]; mm > 0 {
		ms += uint64(pieceMS(mm, kmh)) * uint64(min(inMM, mm)) / uint64(mm)
	}
	return uint32(min(ms, uint64(whole)))
}

// shareOfWhole is for times that were given by edge: by length.
func (w *Weights) shareOfWhole(edge, piece, inMM, whole uint32) uint32 {
	var before uint64
	for _, mm := range w.g.PiecesMM(edge)[:piece] {
		before += uint64(mm)
	}
	length := w.g.LengthMM(edge)
	if length == 0 {
		return 0
	}
	return uint32(float64(whole) * float64(min(before+uint64(inMM), length)) / float64(length))
}
