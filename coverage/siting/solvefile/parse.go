// Package solvefile is the JSON form of a bare siting instance, and of its
// answer: the input and output of "lifecircle solve". [Parse] is strict, so that
// a slip of the pen never becomes another question.
//
// The question: model, p, weights, distances or matrix, threshold, fixed,
// forbidden. Conditions, all optional (see [siting.Conditions]):
//
//	"costs": [..], "budget": B         of opening each site; the most in all (p may be left out)
//	"target": 0.95                     lscp: the share of all weight that must be served
//	"capacity": [..]                   the most weight that each site serves
//	"backup": true                     mclp, lscp: two open sites within the threshold
//	"within": D                        pmedian: nobody is served from farther away
//	"exclusive": [[0,3,4], ..]         at most one of each set
//	"apart": [[0,1], ..]               at most one of each pair
//	"min_separation": D, "site_distances": [[..], ..]   the pairs nearer than D are apart
//	"zones": {"site": [..], "demand": [..], "min_sites": n, "min_share": q}   zone numbers, -1 for none
//
// Two keys make another question of the same columns (model and p are not used;
// see packages closure and phase); [Read] takes them:
//
//	"close": {"goal": "keep|lose", "k": 3, "closable": [..]}      or "all": true instead of k; with capacity
//	"phases": {"budgets": [..], "carry": false, "factors": [..], "weights": [[..], ..], "last_first": false}   with costs
//
// Their answers have the model "close" with the keys close and worse, and
// "phases" with built (the sites of each year) and covered.
package solvefile

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"

	"lifecircle/coverage"
	"lifecircle/coverage/siting"
)

// file is the JSON form of an instance. The conditions are optional: costs and
// capacity hold a number a site; min_separation needs site_distances, a square
// matrix.
type file struct {
	Model     siting.Model `json:"model"`
	P         int          `json:"p"`
	Weights   numbers      `json:"weights"`
	Distances *columns     `json:"distances"`
	Matrix    *matrix      `json:"matrix"`
	Threshold *float64     `json:"threshold"`
	Fixed     ids          `json:"fixed"`
	Forbidden ids          `json:"forbidden"`

	Costs         numbers  `json:"costs"`
	Budget        *float64 `json:"budget"`
	Target        *float64 `json:"target"`
	Capacity      numbers  `json:"capacity"`
	Backup        bool     `json:"backup"`
	Within        *float64 `json:"within"`
	Exclusive     sets     `json:"exclusive"`
	Apart         sets     `json:"apart"`
	MinSeparation *float64 `json:"min_separation"`
	SiteDistances matrix   `json:"site_distances"`
	Zones         *zones   `json:"zones"`

	Close  *closing `json:"close"`
	Phases *phases  `json:"phases"`
}

type zones struct {
	Site     ids     `json:"site"`
	Demand   ids     `json:"demand"`
	MinSites int     `json:"min_sites"`
	MinShare float64 `json:"min_share"`
}

type columns struct {
	First  longs   `json:"first"`
	Demand indices `json:"demand"`
	Value  numbers `json:"value"`
}

// The lists of numbers refuse null, texts and nested lists, which
// encoding/json would take for zeros.
type (
	numbers []float64
	longs   []int64
	indices []uint32
	ids     []int32
	matrix  []numbers
	sets    []ids
)

func (l *numbers) UnmarshalJSON(b []byte) error {
	return list((*[]float64)(l), b, func(s string) (float64, error) { return strconv.ParseFloat(s, 64) })
}

func (l *longs) UnmarshalJSON(b []byte) error {
	return list((*[]int64)(l), b, func(s string) (int64, error) { return strconv.ParseInt(s, 10, 64) })
}

func (l *indices) UnmarshalJSON(b []byte) error {
	return list((*[]uint32)(l), b, func(s string) (uint32, error) {
		v, err := strconv.ParseUint(s, 10, 32)
		return uint32(v), err
	})
}

func (l *ids) UnmarshalJSON(b []byte) error {
	return list((*[]int32)(l), b, func(s string) (int32, error) {
		v, err := strconv.ParseInt(s, 10, 32)
		return int32(v), err
	})
}

// UnmarshalJSON reads a list of rows; null is no row.
func (m *matrix) UnmarshalJSON(b []byte) error {
	return rows((*[]numbers)(m), b, func(row *numbers, b []byte) error { return row.UnmarshalJSON(b) })
}

func (s *sets) UnmarshalJSON(b []byte) error {
	return rows((*[]ids)(s), b, func(row *ids, b []byte) error { return row.UnmarshalJSON(b) })
}

func rows[T any](into *[]T, b []byte, read func(row *T, b []byte) error) error {
	var list []json.RawMessage
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	*into = make([]T, len(list))
	for i, row := range list {
		if err := read(&(*into)[i], row); err != nil {
			return err
		}
	}
	return nil
}

var errNotNumbers = errors.New("a list of numbers is needed")

// list reads a flat JSON list whose syntax encoding/json has checked.
func list[T any](into *[]T, b []byte, parse func(string) (T, error)) error {
	b = bytes.TrimSpace(b)
	if len(b) < 2 || b[0] != '[' {
		return errNotNumbers
	}
	*into = []T{}
	b = bytes.TrimSpace(b[1 : len(b)-1])
	for len(b) > 0 {
		item, rest, more := bytes.Cut(b, []byte{','})
		item = bytes.TrimSpace(item)
		if len(item) == 0 || item[0] != '-' && (item[0] < '0' || item[0] > '9') {
			return errNotNumbers
		}
		v, err := parse(string(item))
		if err != nil {
			return err
		}
		*into = append(*into, v)
		if b = rest; more && len(b) == 0 {
			return errNotNumbers
		}
	}
	return nil
}

// Parse reads the JSON form of an instance and validates it. Unknown keys, a
// second value and lists that hold anything but numbers are refused with a
// [coverage.Error] of code Invalid, conditions that make no sense with the model
// with one of code Unsupported. Closing and phases are for [Read].
func Parse(text []byte) (*siting.Instance, error) {
	f, err := decode(text)
	if err != nil {
		return nil, err
	}
	if f.Close != nil || f.Phases != nil {
		return nil, invalid("siting.question", nil)
	}
	return f.instance()
}

// decode reads the text.
func decode(text []byte) (*file, error) {
	var f file
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return nil, unreadable(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, unreadable(errors.New("text after the instance"))
	}
	return &f, nil
}

// instance makes the instance of a file.
func (f *file) instance() (*siting.Instance, error) {
	in := &siting.Instance{Model: f.Model, P: f.P, Weights: f.Weights, Fixed: f.Fixed, Forbidden: f.Forbidden}
	if err := f.fill(in); err != nil {
		return nil, err
	}
	if err := f.conditions(in); err != nil {
		return nil, err
	}
	return in, in.Validate()
}

func unreadable(err error) error {
	return &coverage.Error{Code: coverage.Invalid, Key: "siting.file", Err: err}
}

func invalid(key string, args coverage.Args) error {
	return &coverage.Error{Code: coverage.Invalid, Key: key, Args: args}
}

// fill brings threshold and distances into the instance.
func (f *file) fill(in *siting.Instance) error {
	switch {
	case f.Threshold != nil:
		in.Threshold = *f.Threshold
	case f.Model == siting.MCLP || f.Model == siting.LSCP:
		return invalid("siting.no_threshold", nil)
	}
	switch {
	case (f.Distances == nil) == (f.Matrix == nil):
		return invalid("siting.distances", nil)
	case f.Distances != nil:
		in.Distances = siting.Distances{First: f.Distances.First, Demand: f.Distances.Demand, Value: f.Distances.Value}
		return nil
	}
	return fromMatrix(in, *f.Matrix)
}

// fromMatrix fills the distances from a row a site.
func fromMatrix(in *siting.Instance, rows matrix) error {
	d := &in.Distances
	d.First = make([]int64, 1, len(rows)+1)
	for i, row := range rows {
		if len(row) != len(in.Weights) {
			return invalid("siting.row", coverage.Args{"site": i, "value": len(row), "demands": len(in.Weights)})
		}
		for j, v := range row {
			d.Demand = append(d.Demand, uint32(j))
			d.Value = append(d.Value, v)
		}
		d.First = append(d.First, int64(len(d.Demand)))
	}
	return nil
}
