package marked

import (
	"encoding/json"
	"io"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// Places writes the kept issues whose place is known as GeoJSON (RFC 7946):
// points in WGS 84, in the order found, with key, file, sheet, row, column,
// value, fatal and the message in Chinese (zh) and English (en). It returns how
// many there are.
func Places(w io.Writer, iss *coverage.Issues) (int, error) {
	fc := geojson.NewFeatureCollection()
	for _, i := range iss.List() {
		lon, ok1 := i.Args["lon"].(float64)
		lat, ok2 := i.Args["lat"].(float64)
		if !ok1 || !ok2 {
			continue
		}
		f := geojson.NewFeature(orb.Point{lon, lat})
		m := i.Message()
		f.Properties = geojson.Properties{
			"key": i.Key, "file": i.File, "sheet": i.Sheet, "row": i.Row, "column": i.Column, "value": i.Value, "fatal": i.Fatal, "zh": m.ZH, "en": m.EN,
		}
		fc.Append(f)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return len(fc.Features), e.Encode(fc)
}
