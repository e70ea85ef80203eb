package storetest

import (
	"bytes"
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data/store"
	"lifecircle/geo/network"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// Run holds a store to the contract. empty makes a new store that holds
// nothing; every call makes another one.
func Run(t *testing.T, empty func(t *testing.T) store.Store) {
	for _, c := range []struct {
		name string
		test func(*testing.T, store.Store)
	}{
		{"RoundTrip", roundTrip},
		{"RoundTripRandom", roundTripRandom},
		{"RoundTripTransport", roundTripTransport},
		{"Empty", nothingYet},
		{"Refuses", refuses},
		{"Runs", runs},
		{"ShowsAgain", showsAgain},
		{"SaveForgetsRuns", saveForgetsRuns},
		{"StaleRun", staleRun},
		{"Cancelled", cancelled},
		{"Readers", readers},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := empty(t)
			c.test(t, s)
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// Same reports how two datasets differ, "" when they hold the same. An empty
// list and none are the same; numbers are compared by their bits, but for the
// sign of zero in a float64; road graphs by their encoded bytes.
func Same(want, got *coverage.Dataset) string {
	return cmp.Diff(want, got, cmpopts.EquateEmpty(),
		cmp.Comparer(func(a, b float32) bool { return math.Float32bits(a) == math.Float32bits(b) }),
		cmp.Comparer(func(a, b *network.Graph) bool { return (a == nil) == (b == nil) && bytes.Equal(encoded(a), encoded(b)) }))
}

// encoded is a graph as bytes, none for no graph.
func encoded(g *network.Graph) []byte {
	var b bytes.Buffer
	if g != nil {
		_ = g.Encode(&b) // a buffer takes everything
	}
	return b.Bytes()
}

func mustSave(t testing.TB, s store.Store, ds *coverage.Dataset) {
	t.Helper()
	if err := s.Save(t.Context(), ds, nil); err != nil {
		t.Fatal("Save: ", err)
	}
}

func mustHold(t testing.TB, s store.Store, want *coverage.Dataset) {
	t.Helper()
	got, err := s.Load(t.Context(), nil)
	if err != nil {
		t.Fatal("Load: ", err)
	}
	if diff := Same(want, got); diff != "" {
		t.Fatal("Load gives another dataset (-saved +loaded): ", diff)
	}
}

func wantCode(t testing.TB, err error, want coverage.Code) {
	t.Helper()
	var e *coverage.Error
	if !errors.As(err, &e) || e.Code != want {
		t.Errorf("error %v, want one of code %s", err, want)
	}
}

func roundTrip(t *testing.T, s store.Store) {
	points := Town()
	points.Demand.Grid.Cols, points.Demand.Grid.Rows = 0, 0
	for i := range points.Demand.Cell {
		points.Demand.Cell[i] = -1
	}
	noDemand := Town()
	noDemand.Demand = nil
	noRows := Town()
	noRows.Demand = &coverage.DemandSet{Grid: Town().Demand.Grid, Groups: []string{"all"}, Pop: [][]float32{nil}}
	for _, ds := range []*coverage.Dataset{Town(), points, noDemand, noRows, {}, Town()} {
		mustSave(t, s, ds)
		mustHold(t, s, ds)
	}
}

// roundTripTransport leaves out one part after the other.
func roundTripTransport(t *testing.T, s store.Store) {
	for _, change := range []func(*coverage.Dataset){
		func(*coverage.Dataset) {},
		func(ds *coverage.Dataset) { ds.Transport = nil },
		func(ds *coverage.Dataset) { ds.Transport = &coverage.Transport{} },
		func(ds *coverage.Dataset) { ds.Transport.Roads = nil },
		func(ds *coverage.Dataset) { ds.Transport.Roads = &network.Graph{} },
		func(ds *coverage.Dataset) { ds.Transport.Ground = nil },
		func(ds *coverage.Dataset) { ds.Transport.Ground.Heights = nil },
		func(ds *coverage.Dataset) { ds.Transport.Ground = &coverage.Ground{} },
		func(ds *coverage.Dataset) { ds.Transport.Profiles, ds.Transport.Boats = nil, network.Boats{} },
		func(ds *coverage.Dataset) { ds.Transport.Ground = plain(2100) }, // two pieces and a bit
	} {
		ds := Town()
		change(ds)
		mustSave(t, s, ds)
		got, err := s.Load(t.Context(), nil)
		if err != nil {
			t.Fatal("Load: ", err)
		}
		if want, has := ds.Transport, got.Transport; want != nil && has != nil && want.Ground != nil && has.Ground != nil && len(want.Ground.Seconds) > 1e6 {
			if !sameBits(want.Ground.Seconds, has.Ground.Seconds) || !sameBits(want.Ground.Heights, has.Ground.Heights) {
				t.Error("the ground comes back with other numbers")
			}
			want.Ground.Seconds, want.Ground.Heights, has.Ground.Seconds, has.Ground.Heights = nil, nil, nil, nil // too long to list
		}
		if diff := Same(ds, got); diff != "" {
			t.Fatal("Load gives another dataset (-saved +loaded): ", diff)
		}
	}
}

func sameBits(a, b []float32) bool {
	return slices.EqualFunc(a, b, func(x, y float32) bool { return math.Float32bits(x) == math.Float32bits(y) })
}

func roundTripRandom(t *testing.T, s store.Store) {
	rapid.Check(t, func(r *rapid.T) {
		ds := Random(r)
		if err := s.Save(context.Background(), ds, nil); err != nil {
			r.Fatal(err)
		}
		got, err := s.Load(context.Background(), nil)
		if err != nil {
			r.Fatal(err)
		}
		if diff := Same(ds, got); diff != "" {
			r.Fatal("(-saved +loaded): ", diff)
		}
	})
}

func nothingYet(t *testing.T, s store.Store) {
	_, err := s.Load(t.Context(), nil)
	wantCode(t, err, coverage.NotFound)
	wantCode(t, s.SaveRun(t.Context(), RunOn(Town(), 1), nil), coverage.NotFound)
}

// refuses tries datasets with one fault each: the old content must stay.
func refuses(t *testing.T, s store.Store) {
	mustSave(t, s, Town())
	for name, spoil := range map[string]func(*coverage.Dataset){
		"NaN people":        func(ds *coverage.Dataset) { ds.Demand.Pop[1][2] = float32(math.NaN()) },
		"infinite capacity": func(ds *coverage.Dataset) { ds.Facilities[0].Capacity = math.Inf(1) },
		"NaN place":         func(ds *coverage.Dataset) { ds.Facilities[0].At[1] = math.NaN() },
		"NaN corner":        func(ds *coverage.Dataset) { ds.Zones[0].Geometry[0][0][1][0] = math.NaN() },
		"not UTF-8":         func(ds *coverage.Dataset) { ds.Zones[1].Name = "\xb0" },
		"NUL":               func(ds *coverage.Dataset) { ds.Facilities[1].Name = "a\x00b" },
		"same id":           func(ds *coverage.Dataset) { ds.Facilities[1].ID = ds.Facilities[0].ID },
		"no id":             func(ds *coverage.Dataset) { ds.Zones[0].ID = "" },
		"open ring":         func(ds *coverage.Dataset) { ds.Land[0].Geometry[0][0][0][0] = 121 },
		"zone out of range": func(ds *coverage.Dataset) { ds.Demand.Zone[0] = 4 },
		"cell out of range": func(ds *coverage.Dataset) { ds.Demand.Cell[0] = 36 },
		"child first":       func(ds *coverage.Dataset) { ds.Zones[0].Parent = 1 },
		"short column":      func(ds *coverage.Dataset) { ds.Demand.Landmass = ds.Demand.Landmass[1:] },
		"unknown setting":   func(ds *coverage.Dataset) { ds.Demand.Setting[0] = 3 },
		"negative delay":    func(ds *coverage.Dataset) { ds.Facilities[1].DelayS = -1 },
		"no speed":          func(ds *coverage.Dataset) { ds.Transport.Profiles[0].KMH = nil },
		"NUL in a profile":  func(ds *coverage.Dataset) { ds.Transport.Profiles[0].Surface["\x00"] = 1 },
		"unknown scenario":  func(ds *coverage.Dataset) { ds.Transport.Boats.Scenario = 4 },
		"NaN wait":          func(ds *coverage.Dataset) { ds.Transport.Boats.WaitCapS = math.NaN() },
		"infinite snap":     func(ds *coverage.Dataset) { ds.Transport.Snap.NearM = math.Inf(-1) },
		"unknown slope":     func(ds *coverage.Dataset) { ds.Transport.Ground.Slope = "Tobler" },
		"negative speed":    func(ds *coverage.Dataset) { ds.Transport.Ground.KMH = -5 },
		"zero seconds":      func(ds *coverage.Dataset) { ds.Transport.Ground.Seconds[3] = 0 },
		"seconds of -Inf":   func(ds *coverage.Dataset) { ds.Transport.Ground.Seconds[3] = float32(math.Inf(-1)) },
		"infinite height":   func(ds *coverage.Dataset) { ds.Transport.Ground.Heights[3] = float32(math.Inf(1)) },
		"short ground":      func(ds *coverage.Dataset) { ds.Transport.Ground.Seconds = ds.Transport.Ground.Seconds[1:] },
		"short heights":     func(ds *coverage.Dataset) { ds.Transport.Ground.Heights = ds.Transport.Ground.Heights[1:] },
		"ground grid":       func(ds *coverage.Dataset) { ds.Transport.Ground.Grid.Cols = -6 },
		"NaN ground grid":   func(ds *coverage.Dataset) { ds.Transport.Ground.Grid.X0 = math.NaN() },
	} {
		ds := Town()
		spoil(ds)
		err := s.Save(t.Context(), ds, nil)
		wantCode(t, err, coverage.Unusable)
		if err == nil {
			t.Fatal(name, " was kept")
		}
	}
	mustHold(t, s, Town())
}

func mustSaveRun(t testing.TB, s store.Store, run *coverage.Run) {
	t.Helper()
	if err := s.SaveRun(t.Context(), run, nil); err != nil {
		t.Fatal("SaveRun: ", err)
	}
}

// mustKeep checks that exactly these runs are kept, in this order, with the
// bytes of their documents.
func mustKeep(t testing.TB, s store.Store, want ...*coverage.Run) {
	t.Helper()
	got, err := s.Runs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	infos := []store.RunInfo{}
	for _, run := range want {
		infos = append(infos, store.RunInfo{Hash: run.Hash, Version: run.Version})
		document, err := store.Document(run)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := s.Answer(t.Context(), run.Hash)
		if err != nil || string(answer) != string(document) {
			t.Errorf("the answer of %s is not its document: %v\n%s\n%s", run.Hash, err, answer, document)
		}
	}
	if diff := cmp.Diff(infos, got); diff != "" {
		t.Error("runs (-want +got): ", diff)
	}
}

func runs(t *testing.T, s store.Store) {
	ds := Town()
	mustSave(t, s, ds)
	mustKeep(t, s)
	b, a := RunOn(ds, 2), RunOn(ds, 1) // the order kept is not that of the hashes
	mustSaveRun(t, s, b)
	mustSaveRun(t, s, a)
	mustSaveRun(t, s, a)
	mustKeep(t, s, b, a)
	mustHold(t, s, ds)
	_, err := s.Answer(t.Context(), "no such hash")
	wantCode(t, err, coverage.NotFound)
}

func showsAgain(t *testing.T, s store.Store) {
	ds := Town()
	mustSave(t, s, ds)
	a, b := RunOn(ds, 1), RunOn(ds, 2)
	for _, run := range []*coverage.Run{a, b, a} {
		mustSaveRun(t, s, run)
	}
	mustKeep(t, s, a, b)
}

func saveForgetsRuns(t *testing.T, s store.Store) {
	ds := Town()
	mustSave(t, s, ds)
	mustSaveRun(t, s, RunOn(ds, 1))
	mustSave(t, s, ds)
	mustKeep(t, s)
	_, err := s.Answer(t.Context(), RunOn(ds, 1).Hash)
	wantCode(t, err, coverage.NotFound)
}

func staleRun(t *testing.T, s store.Store) {
	ds := Town()
	run := RunOn(ds, 1)
	mustSave(t, s, ds)
	mustSaveRun(t, s, run)
	other := Town()
	other.Sources[0].SHA256 = "another"
	mustSave(t, s, other)
	wantCode(t, s.SaveRun(t.Context(), run, nil), coverage.Conflict)
	short := RunOn(other, 2)
	short.Coverage[0].Cost = short.Coverage[0].Cost[1:]
	wantCode(t, s.SaveRun(t.Context(), short, nil), coverage.Conflict)
	unknown := RunOn(other, 3)
	unknown.Coverage[1].Nearest[0] = int32(len(other.Facilities))
	wantCode(t, s.SaveRun(t.Context(), unknown, nil), coverage.Conflict)
	mustKeep(t, s)
}
