package main

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data/datatest"
	"lifecircle/data/store/postgis/pgtest"
	"lifecircle/geo/network"
	"lifecircle/geo/network/search"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
)

// The judge is pgRouting's Dijkstra on the car graph of Porto as we search it:
// an arc a row, costs in whole milliseconds, with the nodes that stand for
// forbidden turns. Its costs are float64, in which these sums are exact, so every
// node must agree without any tolerance.
func TestPgRoutingAgrees(t *testing.T) {
	file := filepath.Join(sharedData(t, "osm"), "osm", "porto-2015.osm.pbf")
	box := orb.Bound{Min: orb.Point{-8.70, 41.12}, Max: orb.Point{-8.56, 41.19}}
	_, ds := imported(t, fmt.Sprintf(extractKeys, filepath.Base(file)), map[string]string{"people.csv": places(box, 2, 2), "clinics.csv": places(box, 2, 2)}, file)
	c, w := newCase(t, ds, coverage.Travel{Mode: "drive", From: true}, nil, nil)
	turnsHold(t, ds.Transport.Roads, w)
	db := routingDatabase(t)
	loadArcs(t, db, c)
	t.Run("drivingDistance", func(t *testing.T) {
		within := map[uint32]map[uint32]float64{}
		starts := []uint32{c.Seeds[20], c.Seeds[70], c.Seeds[110], c.Seeds[160]}
		rows, err := db.Query(t.Context(), "SELECT from_v, node, agg_cost FROM pgr_drivingDistance('SELECT id, source, target, cost FROM arc', $1::bigint[], 900000, true, false)", starts)
		scanPairs(t, rows, err, within)
		nodes := 0
		for _, s := range starts {
			nodes += agreeWithin(t, w, s, 900_000, within[s])
		}
		if t.Logf("%d searches of 15 minutes, %d nodes", len(starts), nodes); nodes < 20_000 {
			t.Error("too little to judge")
		}
	})
	t.Run("dijkstraCost", func(t *testing.T) {
		var targets []uint32
		for v := 0; v < w.Nodes(); v += 19 {
			targets = append(targets, uint32(v))
		}
		costs := map[uint32]map[uint32]float64{}
		starts := []uint32{c.Seeds[5], c.Seeds[140]}
		rows, err := db.Query(t.Context(), "SELECT start_vid, end_vid, agg_cost FROM pgr_dijkstraCost('SELECT id, source, target, cost FROM arc', $1::bigint[], $2::bigint[], true)", starts, targets)
		scanPairs(t, rows, err, costs)
		reached := 0
		s := search.NewSearcher(w, false)
		for _, start := range starts {
			if err := s.Run(t.Context(), []search.Seed{{Node: start}}, 0); err != nil {
				t.Fatal(err)
			}
			for _, v := range targets {
				cost, ok := costs[start][v]
				if ms := s.MS(v); v != start && (ok != (ms != network.Never) || ok && cost != float64(ms)) {
					t.Fatalf("from %d to %d: %d ms, pgRouting says %v (%v)", start, v, ms, cost, ok)
				} else if ok {
					reached++
				}
			}
		}
		if t.Logf("%d of %d pairs reached", reached, len(starts)*len(targets)); reached < 5_000 {
			t.Error("too little to judge")
		}
	})
}

// One search of 15 minutes by car over Porto, in one run with pgRouting on the same
// arcs: the ratio tells of the searches and of what a database adds to them.
func BenchmarkFifteenMinutesAgainstPgRouting(b *testing.B) {
	file := filepath.Join(sharedData(b, "osm"), "osm", "porto-2015.osm.pbf")
	box := orb.Bound{Min: orb.Point{-8.70, 41.12}, Max: orb.Point{-8.56, 41.19}}
	_, ds := imported(b, fmt.Sprintf(extractKeys, filepath.Base(file)), map[string]string{"people.csv": places(box, 2, 2), "clinics.csv": places(box, 2, 2)}, file)
	c, w := newCase(b, ds, coverage.Travel{Mode: "drive", From: true}, nil, nil)
	db := routingDatabase(b)
	loadArcs(b, db, c)
	b.Run("ours", func(b *testing.B) {
		s := search.NewSearcher(w, false)
		for n := 0; b.Loop(); n++ {
			if err := s.Run(b.Context(), []search.Seed{{Node: c.Seeds[n%len(c.Seeds)]}}, 900_000); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("pgRouting", func(b *testing.B) {
		for n := 0; b.Loop(); n++ {
			var nodes int
			if err := db.QueryRow(b.Context(), "SELECT count(*) FROM pgr_drivingDistance('SELECT id, source, target, cost FROM arc', $1::bigint, 900000, true)", c.Seeds[n%len(c.Seeds)]).Scan(&nodes); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// turnsHold checks that the arcs themselves know the turn restrictions, since both
// searches are given arcs: after a street no forbidden one follows, and after one
// with an only way on no other. Restrictions that except cars would not hold; the
// extract has none.
func turnsHold(t *testing.T, g *network.Graph, w *search.Ways) {
	t.Helper()
	star := w.Star(false)
	ends := map[uint32]uint32{} // street, each way, to the node where it ends
	for i, ref := range star.Ref {
		if ref < network.Boards {
			ends[ref] = star.Arcs[i].To
		}
	}
	held := 0
	for i := range g.Turns() {
		from, _, to, only := g.Turn(i)
		node, ok := ends[from]
		if _, goes := ends[to]; !ok || !goes {
			continue // closed to cars
		}
		held++
		for _, ref := range star.Ref[star.First[node]:star.First[node+1]] {
			if !only && ref == to || only && ref != to && !alsoOnly(g, from, ref) {
				t.Errorf("restriction %d (only %v): from street %d one may go on into %d", i, only, from>>1, ref>>1)
			}
		}
	}
	if t.Logf("%d of %d turn restrictions hold for cars", held, g.Turns()); held < 250 {
		t.Error("too few to judge")
	}
}

// alsoOnly reports whether another restriction names a way on as one of those allowed.
func alsoOnly(g *network.Graph, from, to uint32) bool {
	for i := range g.Turns() {
		if a, _, b, only := g.Turn(i); only && a == from && b == to {
			return true
		}
	}
	return false
}

// routingDatabase is an empty database with pgRouting.
func routingDatabase(t testing.TB) *pgx.Conn {
	t.Helper()
	db, err := pgx.Connect(t.Context(), pgtest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close(context.Background()) }) // the database goes anyway
	if _, err := db.Exec(t.Context(), "CREATE EXTENSION pgrouting"); err != nil {
		datatest.Missing(t, "no pgRouting for the tests (Debian: postgresql-15-pgrouting): ", err)
	}
	return db
}

func loadArcs(t testing.TB, db *pgx.Conn, c *caseForJudge) {
	t.Helper()
	if _, err := db.Exec(t.Context(), "CREATE TABLE arc (id bigint, source bigint, target bigint, cost float8)"); err != nil {
		t.Fatal(err)
	}
	n, err := db.CopyFrom(t.Context(), pgx.Identifier{"arc"}, []string{"id", "source", "target", "cost"}, pgx.CopyFromSlice(len(c.Arcs[0]), func(i int) ([]any, error) {
		return []any{int64(i), int64(c.Arcs[0][i]), int64(c.Arcs[1][i]), float64(c.Arcs[2][i])}, nil
	}))
	if err != nil || int(n) != len(c.Arcs[0]) {
		t.Fatal(n, err)
	}
}

// scanPairs reads start, end and cost.
func scanPairs(t *testing.T, rows pgx.Rows, err error, into map[uint32]map[uint32]float64) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	var start, end int64
	var cost float64
	_, err = pgx.ForEachRow(rows, []any{&start, &end, &cost}, func() error {
		if into[uint32(start)] == nil {
			into[uint32(start)] = map[uint32]float64{}
		}
		into[uint32(start)][uint32(end)] = cost
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// agreeWithin holds a search with a limit against pgRouting's: the same nodes, at
// the same cost.
func agreeWithin(t *testing.T, w *search.Ways, start, limit uint32, want map[uint32]float64) int {
	t.Helper()
	s := search.NewSearcher(w, false)
	if err := s.Run(t.Context(), []search.Seed{{Node: start}}, limit); err != nil {
		t.Fatal(err)
	}
	if len(s.Reached()) != len(want) {
		t.Fatalf("%d nodes reached from %d, pgRouting reaches %d", len(s.Reached()), start, len(want))
	}
	for _, v := range s.Reached() {
		if cost, ok := want[v]; !ok || cost != float64(s.MS(v)) {
			t.Fatalf("from %d to %d: %d ms, pgRouting says %v", start, v, s.MS(v), cost)
		}
	}
	return len(want)
}
