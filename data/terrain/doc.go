// Package terrain makes the open ground of a project: a grid of speeds on foot,
// with heights and barriers, from land cover, elevation and water. The result is
// the Ground of the folder's Dataset.Transport. The central type is [Terrain].
//
// What is land is open: the cells whose centre is on a landmass, and those of its
// people on the coast. Everything else has no data, and where two landmasses
// would touch in the grid, a cell between them is closed, so that nobody walks
// over a strait that is narrower than a cell. Where no landmass is known, the
// land cover says what is land, and without one everything is.
//
// Roads are not part of it: the analysis lays them over it, and over its barriers
// as bridges. The speeds and burning in are those of package friction.
package terrain

import (
	"math"

	"lifecircle/coverage"
	"lifecircle/data/ground"
	"lifecircle/data/project"
	"lifecircle/data/source"
	"lifecircle/geo/crs"
	"lifecircle/geo/friction"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// Terrain reads the ground of a project. Land, people and facilities have to be
// read before, and the transport begun. The zero value but for Ground is ready.
type Terrain struct {
	*ground.Ground

	entry   *project.Friction
	spec    grid.Spec
	crs     crs.CRS
	label   []int32   // landmass of open cells, -1 of others; 0 everywhere where landmasses are unknown
	people  []float32 // of the first group, by cell
	seconds []float32
	heights []float32 // nil for flat ground
}

// Read makes the ground of a project that says how people move.
func (t *Terrain) Read() error {
	if !t.Project.Moves() {
		return nil
	}
	t.entry = t.Project.Friction
	if t.entry == nil {
		t.entry = project.DefaultFriction()
		if len(t.Project.Networks) > 0 {
			t.entry.Roads = "walk"
		}
	}
	if t.Dataset.Demand == nil || t.ZonesFailed || t.LandFailed || t.Dataset.Transport == nil { // without land or people there is no ground
		return t.probe()
	}
	before := len(t.Failures)
	t.Progress.Report("progress.terrain", 0, 0)
	ok, err := t.frame()
	if err != nil || !ok {
		if err != nil {
			return t.Fail(t.Name, err)
		}
		return t.Context.Err()
	}
	for _, part := range []func() error{t.land, t.cover, t.elevation, t.barriers} {
		if err := part(); err != nil {
			return err
		}
		t.Progress.Report("progress.terrain", 0, 0)
	}
	if len(t.Failures) > before {
		return nil
	}
	t.report()
	t.Dataset.Transport.Ground = &coverage.Ground{
		Grid: t.spec, Seconds: t.seconds, Heights: t.heights, Slope: t.entry.Slope, Knights: t.entry.Knights, Roads: t.entry.Roads,
	}
	return t.Context.Err()
}

// probe tells of files that are not there, when nothing more can be done.
func (t *Terrain) probe() error {
	var files []string
	if c := t.entry.LandCover; c != nil {
		files = append(files, c.File)
	}
	for _, s := range t.entry.Shares {
		files = append(files, s.File)
	}
	for _, h := range t.entry.Heights {
		files = append(files, h.File)
	}
	for _, b := range t.entry.Barriers {
		files = append(files, b.File)
	}
	for _, name := range files {
		f, err := t.FS.Open(name)
		if err == nil {
			_ = f.Close()
			continue
		}
		if err := t.Fail(name, source.NotReadable(name, err)); err != nil {
			return err
		}
	}
	return nil
}

// toGrid is a place of WGS 84 in the grid's own coordinates.
func (t *Terrain) toGrid(at orb.Point) orb.Point {
	p := t.crs.FromWGS84(at)
	if right := t.spec.X0 + float64(t.spec.Cols)*t.spec.DX; t.crs.IsGeographic() && p[0] < t.spec.X0 && p[0]+360 <= right {
		p[0] += 360 // grids of 0..360 degrees
	}
	return p
}

func (t *Terrain) inGrid(mp orb.MultiPolygon) orb.MultiPolygon {
	out := orb.Clone(mp).(orb.MultiPolygon)
	for _, p := range out {
		for _, ring := range p {
			for i, at := range ring {
				ring[i] = t.toGrid(at)
			}
		}
	}
	return out
}

// report tells of people whom no open cell holds.
func (t *Terrain) report() {
	var closed, off, heightless tally
	for i, s := range t.seconds {
		n := t.people[i]
		switch {
		case math.IsInf(float64(s), 1):
			closed.add(n)
		case s != s:
			off.add(n)
		case t.heights != nil && t.heights[i] != t.heights[i]:
			heightless.add(n)
			heightless.all++
		}
	}
	t.tell("terrain.closed_people", coverage.Ref{File: t.Name}, closed.cells, closed, nil)
	t.tell("terrain.no_data_people", coverage.Ref{File: t.Name}, off.cells, off, nil)
	t.tell("terrain.no_height", coverage.Ref{File: t.Name}, heightless.all, heightless, coverage.Args{"all": heightless.all})
	if v, err := (&friction.Surface{Grid: t.spec, Seconds: t.seconds}).Survey(); err == nil && v.Open == 0 {
		t.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: t.Name}, Key: "terrain.nothing_open"})
	}
}

// tally counts populated cells and their people, and cells of any kind.
type tally struct {
	cells, all int64
	people     float64
}

func (t *tally) add(people float32) {
	if people > 0 {
		t.cells++
		t.people += float64(people)
	}
}

// tell adds an issue about cells, when there are any.
func (t *Terrain) tell(key string, ref coverage.Ref, any int64, n tally, args coverage.Args) {
	if any == 0 {
		return
	}
	all := coverage.Args{"cells": n.cells, "people": source.People(n.people), "group": ""}
	if d := t.Dataset.Demand; len(d.Groups) > 0 {
		all["group"] = d.Groups[0]
	}
	for k, v := range args {
		all[k] = v
	}
	t.Issues.Add(coverage.Issue{Ref: ref, Key: key, Args: all})
}
