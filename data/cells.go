package data

import (
	"lifecircle/coverage"
	"lifecircle/coverage/block"
)

// cellZones finds the finest zone that holds each row's place: for cells, their
// centre.
func (l *loader) cellZones(d *coverage.DemandSet) ([]int32, error) {
	l.progress.Report("progress.zones", 0, int64(len(d.At)))
	zone := make([]int32, len(d.At))
	err := block.Each(l.ctx, len(d.At), func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			zone[i] = l.zoneAt(d.At[i])
		}
	})
	return zone, err
}

func (l *loader) cellLand(d *coverage.DemandSet) ([]int32, error) {
	land := make([]int32, len(d.At))
	err := block.Each(l.ctx, len(d.At), func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			land[i] = l.land.at(d.At[i])
		}
	})
	return land, err
}
