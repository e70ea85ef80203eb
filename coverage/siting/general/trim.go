package general

import (
	"context"
	"math"
	"slices"
)

// trimRows closes sites until the rows over sites hold, or none is left to close:
// each time the one that relieves the rows most, of equals the one that is missed
// least. A site is missed the more the fewer are left, so that what it was missed
// by before is a bound, and few are looked at anew.
func (p *plan) trimRows(ctx context.Context) {
	missed, when := slices.Repeat([]float64{math.Inf(-1)}, p.x.sites()), make([]int, p.x.sites())
	for round := 1; p.missRows(-1) > 0 && ctx.Err() == nil; round++ {
		list := p.relieving()
		if len(list) == 0 {
			break
		}
		for {
			at := list[0]
			for _, i := range list {
				if missed[i] < missed[at] {
					at = i
				}
			}
			if when[at] == round {
				p.drop(at)
				break
			}
			before := p.price
			p.drop(at)
			missed[at], when[at] = p.price-before, round
			p.add(at)
		}
	}
	p.now = p.worth()
}

// relieving lists the sites that may be closed and leave the rows over sites least
// passed, no more than they are now.
func (p *plan) relieving() []int32 {
	least := p.missRows(-1)
	var list []int32
	for _, i := range p.open {
		if p.state[i] != Free {
			continue
		}
		miss := p.missWithout(i)
		if miss < least-1e-14 {
			least, list = miss, list[:0]
		}
		if miss <= least+1e-14 {
			list = append(list, i)
		}
	}
	return list
}

// missWithout is by how much the open sites but i pass the rows.
func (p *plan) missWithout(i int32) float64 {
	miss := p.rowsMiss
	for _, e := range p.x.ofSite[i] {
		a := p.act[e.row]
		miss += p.x.missSiteRow(int(e.row), a-e.coef) - p.x.missSiteRow(int(e.row), a)
	}
	return nothing(miss) + float64(max(0, len(p.open)-1-p.x.Most))
}
