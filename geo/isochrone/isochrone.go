package isochrone

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/paulmach/orb"
)

// Areas returns for each limit what is reached within it: cells whose time is at
// most the limit. Limits are in milliseconds, ascending and below Never. The
// polygons are in the grid's own coordinates, exterior rings counter-clockwise
// and holes clockwise, all rings closed; they stand in the order in which one
// meets them along the rows from the top. Where nothing is reached there is an
// empty collection.
//
// Limits are drawn in parallel; each takes linear time and memory linear in its
// lines and in one row. It stops early with ctx's error.
func Areas(ctx context.Context, f Field, limitsMS []uint32) ([]orb.MultiPolygon, error) {
	return each(ctx, f, limitsMS, func(int) int64 { return -1 })
}

// Bands returns for each limit what is reached within it and not within the one
// before: the first band is the first of [Areas], and the others surround it.
// Neighbouring bands share their edges and do not overlap.
func Bands(ctx context.Context, f Field, limitsMS []uint32) ([]orb.MultiPolygon, error) {
	return each(ctx, f, limitsMS, func(i int) int64 {
		if i == 0 {
			return -1
		}
		return int64(limitsMS[i-1])
	})
}

// each draws for every limit what lies above the lower limit that goes with it.
func each(ctx context.Context, f Field, limitsMS []uint32, lower func(i int) int64) ([]orb.MultiPolygon, error) {
	if err := f.check(limitsMS); err != nil {
		return nil, err
	}
	out, failed := make([]orb.MultiPolygon, len(limitsMS)), make([]error, len(limitsMS))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(limitsMS)) {
		wait.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(limitsMS) {
					return
				}
				out[i], failed[i] = draw(ctx, f, lower(i), limitsMS[i])
			}
		})
	}
	wait.Wait()
	for _, err := range failed {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// draw returns the polygons of times above lower (-1: all) and up to upper.
func draw(ctx context.Context, f Field, lower int64, upper uint32) (orb.MultiPolygon, error) {
	lines, err := sweep(ctx, f, [2]int64{innerLine: lower, outerLine: int64(upper)})
	if err != nil {
		return nil, err
	}
	shape := newShaper(f.Grid, lines)
	if err := shape.follow(ctx); err != nil {
		return nil, err
	}
	return shape.polygons(), nil
}
