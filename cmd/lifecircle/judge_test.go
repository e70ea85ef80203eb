package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os/exec"
	"slices"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/travel/mode"
	"lifecircle/coverage/travel/road"
	"lifecircle/data/datatest"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
)

// caseForJudge is what testdata/judge.py reads: streets, arcs, facilities and
// rows. Places and vertices are longitude, latitude; vertices in 1e-7 degree.
type caseForJudge struct {
	Nodes      int           `json:"nodes"`       // that a search knows: forbidden turns and boats have nodes of their own
	GraphNodes int           `json:"graph_nodes"` // of the graph, the first of them
	Arcs       [3][]uint32   `json:"arcs"`        // from, to, ms
	Edges      []edgeToJudge `json:"edges"`       // streets open at least one way
	Snap       snapToJudge   `json:"snap"`
	Toward     bool          `json:"toward"`
	Seeds      []uint32      `json:"seeds"`      // nodes, for the times of all nodes
	Facilities [][4]float64  `json:"facilities"` // lon, lat, landmass, delay in ms
	Rows       [][3]float64  `json:"rows"`       // lon, lat, landmass
	number     []uint32      // of the edges
}

type edgeToJudge struct {
	Land   int32      `json:"land"`
	KMH    [2]float64 `json:"kmh"` // 0: closed that way
	Leave  [][2]any   `json:"leave"`
	Arrive [][2]any   `json:"arrive"`
	Line   [][2]int32 `json:"line"`
	MM     []uint32   `json:"mm"`
}

type snapToJudge struct {
	LimitM     float64 `json:"limit_m"`
	NearM      float64 `json:"near_m"`
	WalkKMH    float64 `json:"walk_kmh"`
	MinNodes   int     `json:"min_nodes"`
	MinLengthM float64 `json:"min_length_m"`
}

// judgement is what it answers; -1 is never.
type judgement struct {
	NodeMS     []int64    `json:"node_ms"`
	NodeSource []int64    `json:"node_source"`
	EdgeMS     [][2]int64 `json:"edge_ms"`
	LengthOff  float64    `json:"length_off_mm"`
	Rows       [][2]int64 `json:"rows"` // ms, facility
}

// newCase writes a way to travel down for the judge. list are the facilities
// that count, rows the demand rows asked about.
func newCase(t testing.TB, ds *coverage.Dataset, way coverage.Travel, list []int32, rows []int) (*caseForJudge, *search.Ways) {
	t.Helper()
	ruled := len(ds.Land) > 0
	landOf := mode.NewBook(ds).LandOf
	if !ruled {
		landOf = nil
	}
	net, err := road.New(ds.Transport, way, false, landOf)
	if err != nil {
		t.Fatal(err)
	}
	w, g := net.Ways(), ds.Transport.Roads
	c := &caseForJudge{Nodes: w.Nodes(), GraphNodes: g.Nodes(), Toward: !way.From, Snap: snapToJudge{500, 50, 5, 30, 3000}}
	star := w.Star(false)
	for v := range w.Nodes() {
		for _, a := range star.Arcs[star.First[v]:star.First[v+1]] {
			c.Arcs[0], c.Arcs[1], c.Arcs[2] = append(c.Arcs[0], uint32(v)), append(c.Arcs[1], a.To), append(c.Arcs[2], a.MS)
		}
	}
	land := road.EdgeLand(g, landOf)
	profile := ds.Transport.Profile(way.Mode)
	for e := range uint32(g.Edges()) {
		if !w.Open(e) {
			continue
		}
		out := edgeToJudge{Land: -1, MM: g.PiecesMM(e), Leave: [][2]any{}, Arrive: [][2]any{}}
		if land.Edge != nil {
			out.Land = land.Edge[e]
		}
		out.KMH[0], out.KMH[1] = profile.Speeds(g.Tags(e))
		for _, end := range w.LeaveVia(e) {
			out.Leave = append(out.Leave, [2]any{end.Node, end.Backward})
		}
		for _, end := range w.ArriveVia(e) {
			out.Arrive = append(out.Arrive, [2]any{end.Node, end.Backward})
		}
		for i := range len(out.MM) + 1 {
			v := g.Vertex(e, uint32(i))
			out.Line = append(out.Line, [2]int32{v.Lon, v.Lat})
		}
		c.Edges, c.number = append(c.Edges, out), append(c.number, e)
	}
	for v := 0; v < g.Nodes(); v += g.Nodes()/200 + 1 {
		c.Seeds = append(c.Seeds, uint32(v))
	}
	at := func(p orb.Point, land int32) [3]float64 {
		if !ruled {
			land = -1
		}
		return [3]float64{p[0], p[1], float64(land)}
	}
	for _, i := range list {
		f := &ds.Facilities[i]
		p := at(f.At, f.Landmass)
		c.Facilities = append(c.Facilities, [4]float64{p[0], p[1], p[2], 1000 * float64(f.DelayS)})
	}
	for _, i := range rows {
		c.Rows = append(c.Rows, at(ds.Demand.At[i], ds.Demand.Landmass[i]))
	}
	return c, w
}

func (c *caseForJudge) ask(t testing.TB) *judgement {
	t.Helper()
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var out, complaint bytes.Buffer
	python := exec.CommandContext(t.Context(), datatest.Program(t, "python3", "python3"), "testdata/judge.py")
	python.Stdin, python.Stdout, python.Stderr = bytes.NewReader(text), &out, &complaint
	if err := python.Run(); err != nil {
		t.Fatalf("judge: %v\n%s", err, complaint.String())
	}
	var j judgement
	if err := json.Unmarshal(out.Bytes(), &j); err != nil {
		t.Fatal(err)
	}
	return &j
}

// heard is how a case went.
type heard struct {
	nodes, reached       int
	rows, served, misses int // rows asked, reached by somebody, not
	worstMS              int64
}

// legToleranceMS is how far the time of a row may be off the judge's, whose plane
// around a row is flat in another way: a millimetre on foot is 0.72 ms.
const legToleranceMS = 1

// hear asks the judge about the way to travel of a standard's rule and holds its
// answers against ours: times of streets and of all nodes to the millisecond, and
// the times of every so many rows.
func hear(t testing.TB, ds *coverage.Dataset, choice analysis.Choice, every int) heard {
	t.Helper()
	run, err := analysis.New(ds, "judged").Run(t.Context(), choice, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer := &run.Coverage[0]
	var rows []int
	for i := 0; i < ds.Demand.Len(); i += every {
		rows = append(rows, i)
	}
	var list []int32
	for i := range ds.Facilities {
		if slices.Contains(answer.Standard.Kinds, ds.Facilities[i].Kind) {
			list = append(list, int32(i))
		}
	}
	c, w := newCase(t, ds, answer.Standard.Rules[0].Travel, list, rows)
	j := c.ask(t)
	h := heard{nodes: len(j.NodeMS), rows: len(rows)}
	h.reached = c.agreeOnNodes(t, w, j)
	if j.LengthOff > 1.01 {
		t.Errorf("a piece of street is %.2f mm off", j.LengthOff)
	}
	for k, i := range rows {
		ms, facility := j.Rows[k][0], int32(-1)
		if ms >= 0 {
			facility = list[j.Rows[k][1]]
		}
		if answer.Cost[i] == coverage.Never || ms < 0 {
			h.misses++
			if (answer.Cost[i] == coverage.Never) != (ms < 0) {
				t.Errorf("row %d at %v: %d ms, the judge says %d", i, ds.Demand.At[i], answer.Cost[i], ms)
			}
			continue
		}
		h.served++
		off := int64(answer.Cost[i]) - ms
		h.worstMS = max(h.worstMS, off, -off)
		if off > legToleranceMS || -off > legToleranceMS || off == 0 && answer.Nearest[i] != facility {
			t.Errorf("row %d at %v: %d ms to %d, the judge says %d to %d", i, ds.Demand.At[i], answer.Cost[i], answer.Nearest[i], ms, facility)
		}
	}
	t.Logf("%d nodes (%d reached, equal to the millisecond), %d rows: %d reached, %d never; worst row %d ms off", h.nodes, h.reached, h.rows, h.served, h.misses, h.worstMS)
	return h
}

// agreeOnNodes compares the times over every street and the time and source of
// every node.
func (c *caseForJudge) agreeOnNodes(t testing.TB, w *search.Ways, j *judgement) (reached int) {
	t.Helper()
	for k, e := range c.number {
		for way, back := range []bool{false, true} {
			ms := int64(w.MS(e, back))
			if ms == coverage.Never {
				ms = -1
			}
			if ms != j.EdgeMS[k][way] {
				t.Fatalf("street %d takes %d ms, the judge says %d", e, ms, j.EdgeMS[k][way])
			}
		}
	}
	var seeds []search.Seed
	for i, v := range c.Seeds {
		seeds = append(seeds, search.Seed{Node: v, Source: uint32(i)})
	}
	s := search.NewSearcher(w, c.Toward)
	if err := s.Run(context.Background(), seeds, 0); err != nil {
		t.Fatal(err)
	}
	if len(j.NodeMS) != w.Nodes() {
		t.Fatalf("%d nodes judged, want %d", len(j.NodeMS), w.Nodes())
	}
	for v, want := range j.NodeMS {
		got, source := int64(s.MS(uint32(v))), int64(s.Source(uint32(v)))
		if got == coverage.Never {
			got = -1
		}
		if got != want || source != j.NodeSource[v] {
			t.Fatalf("node %d: %d ms by %d, the judge says %d by %d", v, got, source, want, j.NodeSource[v])
		}
		if want >= 0 {
			reached++
		}
	}
	return reached
}

// asked is one question in minutes by a mode.
func asked(mode string, minutes int32, kinds ...string) analysis.Choice {
	return analysis.Choice{Mode: mode, AdHoc: []analysis.AdHoc{{Kinds: kinds, Within: coverage.Threshold{Seconds: 60 * minutes}}}}
}
