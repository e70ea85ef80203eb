package ground

import (
	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// Pin notes the place of the last row of a list in its issues, those from first
// on, as far as it is known.
func (l *Ground) Pin(p *Placer, first int) {
	if !p.sane {
		return
	}
	for i := first; i < len(l.Issues.List()); i++ {
		pinOne(&l.Issues.List()[i], p.r.CRS.ToWGS84(p.last))
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

// PinZones notes a place inside their zone in the issues of zones.
func (l *Ground) PinZones() {
	zone := map[coverage.Ref]int{}
	for i, ref := range l.ZoneRefs {
		zone[ref] = i
	}
	for k := range l.Issues.List() {
		i := &l.Issues.List()[k]
		if z, ok := zone[i.Ref]; ok && i.Row > 0 {
			pinOne(i, Interior(l.Dataset.Zones[z].Geometry))
		}
	}
}
