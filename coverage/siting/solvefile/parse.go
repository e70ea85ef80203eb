// Package solvefile is the JSON form of a bare siting instance, and of its
// answer: the input and output of "lifecircle solve". [Parse] is strict, so that
// a slip of the pen never becomes another question.
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

// file is the JSON form of an instance.
type file struct {
	Model     siting.Model `json:"model"`
	P         int          `json:"p"`
	Weights   numbers      `json:"weights"`
	Distances *columns     `json:"distances"`
	Matrix    *matrix      `json:"matrix"`
	Threshold *float64     `json:"threshold"`
	Capacity  numbers      `json:"capacity"`
	Fixed     ids          `json:"fixed"`
	Forbidden ids          `json:"forbidden"`
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
	var rows []json.RawMessage
	if err := json.Unmarshal(b, &rows); err != nil {
		return err
	}
	*m = make(matrix, len(rows))
	for i, row := range rows {
		if err := (*m)[i].UnmarshalJSON(row); err != nil {
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
// [coverage.Error] of code Invalid; capacities with one of code Unsupported.
func Parse(text []byte) (*siting.Instance, error) {
	var f file
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return nil, unreadable(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, unreadable(errors.New("text after the instance"))
	}
	if f.Capacity != nil {
		return nil, &coverage.Error{Code: coverage.Unsupported, Key: "siting.capacity"}
	}
	in := &siting.Instance{Model: f.Model, P: f.P, Weights: f.Weights, Fixed: f.Fixed, Forbidden: f.Forbidden}
	if err := f.fill(in); err != nil {
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
