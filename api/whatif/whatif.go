// Package whatif answers POST /whatif: a choice before and after facilities are
// added, closed and moved, quickly enough to follow a pin being dragged.
//
// It computes nothing: the figures are those of [analysis.Standing.WhatIf], the
// cells are the rows that it says have changed.
package whatif

import (
	"encoding/json"
	"net/http"

	"lifecircle/api/body"
	"lifecircle/api/geojson"
	"lifecircle/api/problem"
	"lifecircle/api/query"
	"lifecircle/api/route"
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/scenario"
)

// The most changes of one question.
const (
	maxAdd   = 1000
	maxClose = 10_000
	maxMove  = 1000
)

// Routes are the routes of this package.
func Routes() []route.Route {
	return []route.Route{{Method: http.MethodPost, Path: "/whatif", Handle: compare}}
}

// Asked is a question as its body has it.
type Asked struct {
	Choice  query.Choice
	Changes scenario.Changes
	Cells   bool // the changed cells are drawn
}

// Parse reads the body of a question.
func Parse(data []byte) (Asked, error) {
	var a Asked
	o, err := body.Parse(data, route.With(body.ChoiceMembers, []string{"add", "close", "move", "cells"})...)
	if err != nil {
		return a, err
	}
	a.Choice, a.Cells = o.Choice(), o.Bool("cells")
	for _, f := range o.Objects("add", maxAdd, "kind", "at", "id", "name", "share") {
		if !f.Has("kind") {
			f.Blame("kind", "api.missing", coverage.Args{"name": "kind"})
		}
		a.Changes.Add = append(a.Changes.Add, coverage.Facility{
			Kind: f.Text("kind"), At: f.Place("at"), ID: f.Text("id"), Name: f.Text("name"), Share: f.Text("share"),
		})
	}
	a.Changes.Close = o.Texts("close", maxClose)
	for _, m := range o.Objects("move", maxMove, "id", "to") {
		if !m.Has("id") {
			m.Blame("id", "api.missing", coverage.Args{"name": "id"})
		}
		a.Changes.Move = append(a.Changes.Move, scenario.Move{ID: m.Text("id"), To: m.Place("to")})
	}
	if o.Err() == nil && a.Changes.Empty() {
		return a, problem.Param("add", "api.no_change", nil)
	}
	return a, o.Err()
}

func compare(w http.ResponseWriter, r *route.Request) error {
	data, err := body.Read(w, r.Request)
	if err != nil {
		return err
	}
	asked, err := Parse(data)
	if err != nil {
		return err
	}
	answer, err := r.Data.WhatIf(r.Context(), asked.Choice, asked.Changes)
	if err != nil {
		return err
	}
	out, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	if asked.Cells {
		if out, err = withCells(out, r, answer); err != nil {
			return err
		}
	}
	w.Header().Set("Cache-Control", "no-store")
	route.Send(w, "application/json", append(out, '\n'))
	return nil
}

// withCells adds the changed cells as a last member to an object that is written.
func withCells(object []byte, r *route.Request, a *analysis.WhatIfAnswer) ([]byte, error) {
	list := changed(r.Data.Data.Demand, a)
	c := geojson.Collection{Matched: len(list), Links: []geojson.Link{}}
	drawn := most(list, maxCells)
	c.Members = []geojson.Member{{Name: "rest", Value: len(list) - len(drawn)}}
	for n, one := range drawn {
		if n%4096 == 0 && r.Context().Err() != nil {
			return nil, r.Context().Err()
		}
		f, err := one.feature(r.Data)
		if err != nil {
			return nil, err
		}
		c.Features = append(c.Features, f)
	}
	out := append(object[:len(object)-1], `,"cells":`...)
	out, err := c.Append(out)
	return append(out, '}'), err
}
