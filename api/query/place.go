package query

import (
	"math"
	"strconv"
	"strings"

	"lifecircle/api/problem"
	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// MaxThresholds is how many thresholds one question may name.
const MaxThresholds = 10

// Place reads "longitude,latitude" in degrees; it must be given.
func (v Values) Place(name string) (orb.Point, error) {
	text := v.Get(name)
	if text == "" {
		return orb.Point{}, problem.Param(name, "api.missing", coverage.Args{"name": name})
	}
	lon, lat, ok := strings.Cut(text, ",")
	x, err1 := strconv.ParseFloat(strings.TrimSpace(lon), 64)
	y, err2 := strconv.ParseFloat(strings.TrimSpace(lat), 64)
	if !ok || err1 != nil || err2 != nil || !(math.Abs(x) <= 180 && math.Abs(y) <= 90) {
		return orb.Point{}, problem.Param(name, "api.place", coverage.Args{"name": name, "value": text})
	}
	return orb.Point{x, y}, nil
}

// Thresholds reads thresholds separated by commas, at least one and at most
// [MaxThresholds].
func (v Values) Thresholds(name string) ([]coverage.Threshold, error) {
	parts, err := v.List(name)
	switch {
	case err != nil:
		return nil, err
	case parts == nil:
		return nil, problem.Param(name, "api.missing", coverage.Args{"name": name})
	case len(parts) > MaxThresholds:
		return nil, problem.Param(name, "api.too_many", coverage.Args{"name": name, "count": len(parts), "limit": MaxThresholds})
	}
	out := make([]coverage.Threshold, len(parts))
	for i, part := range parts {
		if out[i], err = coverage.ParseThreshold(part); err != nil {
			return nil, problem.About(name, err)
		}
	}
	return out, nil
}

// Bool reads "true" or "false"; false when not given.
func (v Values) Bool(name string) (bool, error) {
	word, err := v.OneOf(name, "true", "false")
	return word == "true", err
}
