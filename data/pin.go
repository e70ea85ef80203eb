package data

import (
	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// pin notes the place of the last row of a list in its issues, those from first
// on, as far as it is known.
func (l *loader) pin(p *placer, first int) {
	if !p.sane {
		return
	}
	for i := first; i < len(l.iss.List()); i++ {
		pinOne(&l.iss.List()[i], p.r.crs.ToWGS84(p.last))
	}
}

func pinOne(i *coverage.Issue, at orb.Point) {
	if i.Args == nil {
		i.Args = coverage.Args{}
	}
	if _, has := i.Args["lon"]; !has {
		i.Args["lon"], i.Args["lat"] = at[0], at[1]
	}
}

// pinZones notes a place inside their zone in the issues of zones.
func (l *loader) pinZones() {
	zone := map[coverage.Ref]int{}
	for i, ref := range l.zoneRefs {
		zone[ref] = i
	}
	for k := range l.iss.List() {
		i := &l.iss.List()[k]
		if z, ok := zone[i.Ref]; ok && i.Row > 0 {
			pinOne(i, interior(l.ds.Zones[z].Geometry))
		}
	}
}
