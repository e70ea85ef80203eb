package query

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"lifecircle/api/problem"
	"lifecircle/coverage"
)

// Values are the parameters of one request, each given once and not empty.
type Values struct{ set map[string]string }

// Parse reads a raw query of which only the known parameters are allowed.
func Parse(raw string, known []string) (Values, error) {
	all, err := url.ParseQuery(raw)
	if err != nil {
		return Values{}, &problem.Error{Err: &coverage.Error{
			Code: coverage.Invalid, Key: "api.query", Args: coverage.Args{"value": err.Error()},
		}}
	}
	names := make([]string, 0, len(all))
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names) // the first fault by name, whatever the order of the map
	v := Values{set: make(map[string]string, len(all))}
	for _, name := range names {
		switch values := all[name]; {
		case len(known) == 0:
			return v, problem.Param(name, "api.param_none", coverage.Args{"name": name})
		case !slices.Contains(known, name):
			return v, problem.Param(name, "api.param_unknown", coverage.Args{"name": name, "known": strings.Join(known, ", ")})
		case len(values) > 1:
			return v, problem.Param(name, "api.param_repeated", coverage.Args{"name": name})
		case values[0] == "":
			return v, problem.Param(name, "api.empty", coverage.Args{"name": name})
		default:
			v.set[name] = values[0]
		}
	}
	return v, nil
}

// Given makes values of parameters that came otherwise than in an address.
func Given(set map[string]string) Values { return Values{set} }

// Get returns a parameter as it was given, "" when it was not.
func (v Values) Get(name string) string { return v.set[name] }

// List returns the parts of a comma-separated parameter, nil when not given.
func (v Values) List(name string) ([]string, error) {
	text, ok := v.set[name]
	if !ok {
		return nil, nil
	}
	parts := strings.Split(text, ",")
	for i := range parts {
		if parts[i] = strings.TrimSpace(parts[i]); parts[i] == "" {
			return nil, problem.Param(name, "api.empty", coverage.Args{"name": name})
		}
	}
	return parts, nil
}

// Whole reads a whole number of low..high.
func (v Values) Whole(name string, standard, low, high int) (int, error) {
	text, ok := v.set[name]
	if !ok {
		return standard, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < low || n > high {
		return 0, problem.Param(name, "api.whole", coverage.Args{"name": name, "value": text, "low": low, "high": high})
	}
	return n, nil
}

// Number reads a finite number of low..high.
func (v Values) Number(name string, standard, low, high float64) (float64, error) {
	text, ok := v.set[name]
	if !ok {
		return standard, nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(f) || f < low || f > high {
		return 0, problem.Param(name, "api.number", coverage.Args{"name": name, "value": text, "low": low, "high": high})
	}
	return f, nil
}

// OneOf reads one of some words; "" when not given.
func (v Values) OneOf(name string, words ...string) (string, error) {
	text := v.set[name]
	if text != "" && !slices.Contains(words, text) {
		return "", problem.Param(name, "api.one_of", coverage.Args{"name": name, "value": text, "known": strings.Join(words, ", ")})
	}
	return text, nil
}
