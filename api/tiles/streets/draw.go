package streets

import (
	"math"
	"slices"

	"lifecircle/geo/tile"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/simplify"
)

const (
	// MaxVertices is the most vertices of a tile: a rank that does not fit is left
	// out, and with it every lesser one.
	MaxVertices = 60_000
	// fine is the zoom from which on nothing is simplified; tiles beyond are only
	// enlarged by the page.
	fine = 14
	// tolerance is how far a simplified line may lie from the street, in units of
	// the tile: a quarter of a pixel where a tile is 512 of them.
	tolerance = 2
)

// Layer is the name of the layer.
const Layer = "roads"

// Draw makes the tile, empty when there is nothing in it: a feature for each rank,
// its "kind" the one property.
func (m *Map) Draw(t tile.ID) ([]byte, error) {
	layer := &mvt.Layer{Name: Layer, Version: 2, Extent: tile.Extent}
	left := MaxVertices
	for r := range ranks {
		if t.Z < rankOf[r].zoom {
			continue
		}
		lines, ok := m.lines(r, t, &left)
		if !ok {
			break
		}
		if len(lines) > 0 {
			f := geojson.NewFeature(lines)
			f.Properties["kind"] = rankOf[r].kind
			layer.Features = append(layer.Features, f)
		}
	}
	if len(layer.Features) == 0 {
		return nil, nil
	}
	return mvt.Marshal(mvt.Layers{layer})
}

// lines are those of a rank in tile units; not ok when they have more vertices
// than are left.
func (m *Map) lines(r int, t tile.ID, left *int) (orb.MultiLineString, bool) {
	scale := math.Exp2(float64(t.Z))
	edge := float64(tile.Buffer) / tile.Extent
	frame := orb.Bound{Min: orb.Point{-tile.Buffer, -tile.Buffer}, Max: orb.Point{tile.Extent + tile.Buffer, tile.Extent + tile.Buffer}}
	var out orb.MultiLineString
	for _, shift := range [...]float64{-1, 0, 1} { // worlds: lines run on past the antimeridian
		x, y := float64(t.X)-shift*scale, float64(t.Y)
		low := orb.Point{(x - edge) / scale, (y - edge) / scale}
		high := orb.Point{(x + 1 + edge) / scale, (y + 1 + edge) / scale}
		for _, i := range m.under(r, low, high) {
			line := m.line(m.strands[r][i])
			for k := range line {
				line[k] = orb.Point{(line[k][0]*scale - x) * tile.Extent, (line[k][1]*scale - y) * tile.Extent}
			}
			if t.Z < fine {
				line = simplify.DouglasPeucker(tolerance).LineString(line)
			}
			for _, piece := range clip.LineString(frame, line) {
				if piece = whole(piece); len(piece) > 1 {
					out = append(out, piece)
					*left -= len(piece)
				}
			}
			if *left < 0 {
				return nil, false
			}
		}
	}
	return out, true
}

// under are the strands whose bounds touch a window, in their order.
func (m *Map) under(r int, low, high orb.Point) []int32 {
	var hits []int32
	m.near[r].Search(low, high, func(_, _ [2]float64, i int32) bool {
		hits = append(hits, i)
		return true
	})
	slices.Sort(hits)
	return hits
}

// whole rounds a line to units and leaves out what falls together.
func whole(line orb.LineString) orb.LineString {
	for i := range line {
		line[i] = orb.Point{math.Round(line[i][0]), math.Round(line[i][1])}
	}
	return slices.Compact(line)
}
