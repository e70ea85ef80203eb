package marked

import (
	"encoding/json"
	"io"

	"lifecircle/coverage"
)

// The members stand in the order in which they are written. Both types are
// plain, because the GeoJSON package of orb brings a database driver with it.
type collection struct {
	Features []feature `json:"features"`
	Type     string    `json:"type"`
}

type feature struct {
	Type       string         `json:"type"`
	Geometry   point          `json:"geometry"`
	Properties map[string]any `json:"properties"`
}

type point struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"`
}

// Places writes the kept issues whose place is known as GeoJSON (RFC 7946):
// points in WGS 84, in the order found, with key, file, sheet, row, column,
// value, fatal, element ("n12" of an OpenStreetMap extract) and the message in Chinese (zh) and English (en). It returns how
// many there are.
func Places(w io.Writer, iss *coverage.Issues) (int, error) {
	fc := collection{Features: []feature{}, Type: "FeatureCollection"}
	for _, i := range iss.List() {
		lon, ok1 := i.Args["lon"].(float64)
		lat, ok2 := i.Args["lat"].(float64)
		if !ok1 || !ok2 {
			continue
		}
		m, sheet, element := i.Message(), i.Sheet, i.Element()
		if element != "" { // of an OpenStreetMap extract, which has no sheets
			sheet = ""
		}
		fc.Features = append(fc.Features, feature{Type: "Feature", Geometry: point{"Point", [2]float64{lon, lat}}, Properties: map[string]any{
			"key": i.Key, "file": i.File, "sheet": sheet, "row": i.Row, "column": i.Column, "value": i.Value, "fatal": i.Fatal, "element": element, "zh": m.ZH, "en": m.EN,
		}})
	}
	return len(fc.Features), json.NewEncoder(w).Encode(fc)
}
