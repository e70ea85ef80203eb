package geojson

import (
	"encoding/json"
	"slices"

	"github.com/paulmach/orb"
)

// Feature is one feature. ID is a string or a whole number; nil has none.
type Feature struct {
	ID         any
	Shape      Shape
	Properties any
}

// Link leads to a related page.
type Link struct {
	Rel  string `json:"rel"`
	Href string `json:"href"`
	Type string `json:"type"`
}

// Member is a further member of a collection.
type Member struct {
	Name  string
	Value any
}

// Collection is one page of features.
type Collection struct {
	Features []Feature
	Matched  int // features of all pages
	Links    []Link
	Members  []Member
}

// ContentType is the media type of GeoJSON.
const ContentType = "application/geo+json"

// Append writes the feature.
func (f Feature) Append(b []byte) ([]byte, error) {
	b = append(b, `{"type":"Feature"`...)
	var err error
	if f.ID != nil {
		if b, err = appendMember(b, "id", f.ID); err != nil {
			return b, err
		}
	}
	b = append(append(b, `,"geometry":`...), f.Shape.JSON...)
	if b, err = appendMember(b, "properties", f.Properties); err != nil {
		return b, err
	}
	return append(b, '}'), nil
}

// Append writes the collection.
func (c Collection) Append(b []byte) ([]byte, error) {
	b = append(b, `{"type":"FeatureCollection"`...)
	var err error
	members := append([]Member{
		{"numberMatched", c.Matched}, {"numberReturned", len(c.Features)}, {"links", c.Links},
	}, c.Members...)
	for _, m := range members {
		if b, err = appendMember(b, m.Name, m.Value); err != nil {
			return b, err
		}
	}
	var bounds []orb.Bound
	for _, f := range c.Features {
		bounds = append(bounds, f.Shape.Bounds...)
	}
	if box, ok := BBox(bounds); ok {
		b = append(b, `,"bbox":[`...)
		for i, v := range box {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendNumber(b, v)
		}
		b = append(b, ']')
	}
	b = append(b, `,"features":[`...)
	for i, f := range c.Features {
		if i > 0 {
			b = append(b, ',', '\n')
		}
		if b, err = f.Append(b); err != nil {
			return b, err
		}
	}
	return append(b, "]}\n"...), nil
}

func appendMember(b []byte, name string, value any) ([]byte, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return b, err
	}
	b = append(append(append(b, ',', '"'), name...), '"', ':')
	return append(b, text...), nil
}

// BBox is the smallest box west, south, east, north around bounds that each lie
// within -180..180; west is over east when it crosses the antimeridian (RFC
// 7946, 5.2). False when there are no bounds.
func BBox(bounds []orb.Bound) ([4]float64, bool) {
	if len(bounds) == 0 {
		return [4]float64{}, false
	}
	sorted := slices.Clone(bounds)
	slices.SortFunc(sorted, func(a, b orb.Bound) int {
		switch {
		case a.Min[0] < b.Min[0]:
			return -1
		case a.Min[0] > b.Min[0]:
			return 1
		}
		return 0
	})
	south, north, reach := sorted[0].Min[1], sorted[0].Max[1], sorted[0].Max[0]
	gap, gapWest, gapEast := 0.0, 0.0, 0.0
	for _, b := range sorted {
		south, north = min(south, b.Min[1]), max(north, b.Max[1])
		if b.Min[0]-reach > gap {
			gap, gapWest, gapEast = b.Min[0]-reach, reach, b.Min[0]
		}
		reach = max(reach, b.Max[0])
	}
	west := sorted[0].Min[0]
	if west+360-reach >= gap {
		return [4]float64{west, south, reach, north}, true
	}
	return [4]float64{gapEast, south, gapWest, north}, true
}
