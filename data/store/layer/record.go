package layer

import (
	"encoding/json"
	"fmt"
	"math"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// reader takes the values of a record as Go values. It keeps the first fault.
type reader struct {
	layer   Layer
	columns []Column
	rec     Record
	err     error
}

func (r *reader) fault(i int) {
	if r.err == nil {
		r.err = &coverage.Error{Code: coverage.Unusable, Key: "store.value", Args: coverage.Args{
			"layer": r.layer.Name, "fid": r.rec.FID, "column": r.columns[i].Name, "value": cutAt(fmt.Sprint(r.rec.Values[i]), 200),
		}}
	}
}

// text reads column i; unknown is "".
func (r *reader) text(i int) string {
	switch v := r.rec.Values[i].(type) {
	case string:
		return v
	case nil:
		return ""
	}
	r.fault(i)
	return ""
}

// whole reads column i as an integer between lo and hi; unknown is or.
func (r *reader) whole(i int, lo, hi, or int64) int64 {
	var n int64
	switch v := r.rec.Values[i].(type) {
	case int64:
		n = v
	case float64: // SQLite keeps what was written, whatever the column says
		n = int64(v)
		if float64(n) != v {
			r.fault(i)
		}
	case nil:
		return or
	default:
		r.fault(i)
	}
	if n < lo || n > hi {
		r.fault(i)
		return or
	}
	return n
}

// index reads column i as an index below n; unknown is -1.
func (r *reader) index(i, n int) int32 { return int32(r.whole(i, -1, int64(n)-1, -1)) }

// number reads column i; unknown is 0.
func (r *reader) number(i int) float64 {
	switch v := r.rec.Values[i].(type) {
	case float64:
		if math.IsNaN(v - v) {
			r.fault(i)
		}
		return v
	case int64:
		return float64(v)
	case nil:
		return 0
	}
	r.fault(i)
	return 0
}

func (r *reader) flag(i int) bool {
	switch v := r.rec.Values[i].(type) {
	case bool:
		return v
	case int64:
		return v != 0
	case nil:
		return false
	}
	r.fault(i)
	return false
}

func (r *reader) setting(i int) coverage.Setting {
	switch r.text(i) {
	case "urban":
		return coverage.Urban
	case "rural":
		return coverage.Rural
	case "all", "":
		return coverage.SettingAny
	}
	r.fault(i)
	return coverage.SettingAny
}

func (r *reader) json(i int, into any) {
	if err := json.Unmarshal([]byte(r.text(i)), into); err != nil {
		r.fault(i)
	}
}

// blob reads column i; unknown is nothing.
func (r *reader) blob(i int) []byte {
	switch v := r.rec.Values[i].(type) {
	case []byte:
		return v
	case nil:
		return nil
	}
	r.fault(i)
	return nil
}

func (r *reader) geometryFault() {
	if r.err == nil {
		r.err = &coverage.Error{Code: coverage.Unusable, Key: "store.geometry", Args: coverage.Args{
			"layer": r.layer.Name, "fid": r.rec.FID, "want": r.layer.Geometry,
		}}
	}
}

func (r *reader) point() orb.Point {
	switch g := r.rec.Geometry.(type) {
	case orb.Point:
		return g
	case orb.MultiPoint: // some programs write a lone point so
		if len(g) == 1 {
			return g[0]
		}
	}
	r.geometryFault()
	return orb.Point{}
}

func (r *reader) polygons() orb.MultiPolygon {
	switch g := r.rec.Geometry.(type) {
	case nil:
		return nil
	case orb.MultiPolygon:
		return g
	case orb.Polygon:
		return orb.MultiPolygon{g}
	}
	r.geometryFault()
	return nil
}
