package postgis

import (
	"database/sql/driver"
	"encoding/binary"
	"fmt"

	"lifecircle/data/gpkgblob"

	"github.com/jackc/pgx/v5/pgtype"
	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/encoding/ewkb"
)

const srid = 4326

// codec carries geometries between orb and PostGIS as extended well-known
// binary. NULL and empty geometries are nil.
type codec struct{}

var _ pgtype.Codec = codec{}

func (codec) FormatSupported(format int16) bool { return format == pgtype.BinaryFormatCode }
func (codec) PreferredFormat() int16            { return pgtype.BinaryFormatCode }

func (codec) PlanEncode(_ *pgtype.Map, _ uint32, format int16, value any) pgtype.EncodePlan {
	if _, ok := value.(orb.Geometry); !ok || format != pgtype.BinaryFormatCode {
		return nil
	}
	return encodePlan{}
}

type encodePlan struct{}

func (encodePlan) Encode(value any, buf []byte) ([]byte, error) {
	t, err := toGeom(value.(orb.Geometry))
	if err != nil {
		return nil, err
	}
	b, err := ewkb.Marshal(t, binary.LittleEndian)
	return append(buf, b...), err
}

func (codec) PlanScan(*pgtype.Map, uint32, int16, any) pgtype.ScanPlan { return nil }

func (codec) DecodeDatabaseSQLValue(*pgtype.Map, uint32, int16, []byte) (driver.Value, error) {
	return nil, fmt.Errorf("a geometry is no database/sql value")
}

func (codec) DecodeValue(_ *pgtype.Map, _ uint32, format int16, src []byte) (any, error) {
	if src == nil {
		return nil, nil
	}
	if format != pgtype.BinaryFormatCode {
		return nil, fmt.Errorf("geometry in the text format")
	}
	g, _, err := gpkgblob.DecodeWKB(src)
	return g, err
}

// toGeom turns the geometries that layers hold into go-geom ones.
func toGeom(g orb.Geometry) (geom.T, error) {
	switch g := g.(type) {
	case orb.Point:
		return geom.NewPointFlat(geom.XY, []float64{g[0], g[1]}).SetSRID(srid), nil
	case orb.LineString:
		flat, _ := flatten(nil, orb.Polygon{orb.Ring(g)})
		return geom.NewLineStringFlat(geom.XY, flat).SetSRID(srid), nil
	case orb.Polygon:
		flat, ends := flatten(nil, g)
		return geom.NewPolygonFlat(geom.XY, flat, ends).SetSRID(srid), nil
	case orb.MultiPolygon:
		var flat []float64
		endss := make([][]int, len(g))
		for i, p := range g {
			flat, endss[i] = flatten(flat, p)
		}
		return geom.NewMultiPolygonFlat(geom.XY, flat, endss).SetSRID(srid), nil
	}
	return nil, fmt.Errorf("no layer holds a %T", g)
}

func flatten(flat []float64, p orb.Polygon) ([]float64, []int) {
	ends := make([]int, len(p))
	for i, ring := range p {
		for _, at := range ring {
			flat = append(flat, at[0], at[1])
		}
		ends[i] = len(flat)
	}
	return flat, ends
}
