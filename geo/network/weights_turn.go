package network

import (
	"maps"
	"slices"
)

// addTurns gives every arc after which some turns are forbidden a node of its
// own to end in: a copy of its end without those arcs. All other nodes stay as
// they are.
func (w *Weights) addTurns(arcs []rawArc, turns []turn) []rawArc {
	banned := bannedAfter(arcs, turns)
	if len(banned) == 0 {
		return arcs
	}
	w.redirect, w.copies = map[uint32]uint32{}, map[uint32][]uint32{}
	end := map[uint32]uint32{} // ref -> its end
	leaving := map[uint32][]rawArc{}
	for ref := range banned { // also behind a barrier, where only a place on the street leads
		end[ref] = w.g.to[ref>>1]
		if ref&1 == 1 {
			end[ref] = w.g.from[ref>>1]
		}
		leaving[end[ref]] = nil
	}
	for _, a := range arcs {
		if list, ok := leaving[a.from]; ok {
			leaving[a.from] = append(list, a)
		}
	}
	for _, ref := range slices.Sorted(maps.Keys(banned)) {
		via := end[ref]
		n := w.extra(via)
		w.redirect[ref] = n
		w.copies[via] = append(w.copies[via], n)
		for _, a := range leaving[via] {
			if a.ref >= Boards || !banned[ref][a.ref] {
				arcs = append(arcs, rawArc{n, a.Arc, a.ref})
			}
		}
	}
	for i := range arcs {
		if n, ok := w.redirect[arcs[i].ref]; ok && w.base[n] == arcs[i].To {
			arcs[i].To = n
		}
	}
	return arcs
}

// bannedAfter lists for arriving refs the leaving refs that are forbidden. When
// there are turns that alone are allowed, all others are forbidden.
func bannedAfter(arcs []rawArc, turns []turn) map[uint32]map[uint32]bool {
	banned := map[uint32]map[uint32]bool{}
	only := map[uint32]map[uint32]bool{}
	put := func(m map[uint32]map[uint32]bool, in, out uint32) {
		if m[in] == nil {
			m[in] = map[uint32]bool{}
		}
		m[in][out] = true
	}
	vias := map[uint32][]uint32{} // node -> arriving refs with "only"
	for _, t := range turns {
		if t.only {
			if only[t.from] == nil {
				vias[t.via] = append(vias[t.via], t.from)
			}
			put(only, t.from, t.to)
		} else {
			put(banned, t.from, t.to)
		}
	}
	for _, a := range arcs {
		for _, in := range vias[a.from] {
			if a.ref < Boards && !only[in][a.ref] {
				put(banned, in, a.ref)
			}
		}
	}
	return banned
}
