package postgis

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"lifecircle/coverage/travel"
	"lifecircle/data/store"
	"lifecircle/data/store/postgis/pgtest"
	"lifecircle/data/store/storetest"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
)

func BenchmarkTransport(b *testing.B) {
	storetest.BenchTransport(b, func(t testing.TB) store.Store { return create(t, pgtest.URL(t)) })
}

func BenchmarkMillionCells(b *testing.B) {
	storetest.Bench(b, func(t testing.TB) store.Store { return create(t, pgtest.URL(t)) })
}

// A million places and ten thousand facilities: how many have one within 1 km.
// Ours includes building the index and finds the nearest besides; the server has
// its index ready. Metric "postgis/ours" is the ratio of the two in this run.
func BenchmarkServedAgainstPostGIS(b *testing.B) {
	rng := rand.New(rand.NewPCG(11, 22))
	facilities, points := scatter(rng, 10_000), scatter(rng, 1_000_000)
	conn, err := pgx.Connect(b.Context(), pgtest.URL(b))
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close(context.Background())
	loadPlaces(b, conn, map[string][]orb.Point{"facility": facilities, "point": points})
	if _, err := conn.Exec(b.Context(), "CREATE INDEX ON facility USING gist (g); ANALYZE facility, point; SET max_parallel_workers_per_gather = 1"); err != nil {
		b.Fatal(err)
	}
	var want int
	started := time.Now()
	query := "SELECT count(*) FROM point p WHERE EXISTS (SELECT FROM facility f WHERE ST_DWithin(p.g, f.g, 1000, true))"
	if err := conn.QueryRow(b.Context(), query).Scan(&want); err != nil {
		b.Fatal(err)
	}
	theirs := time.Since(started)
	for b.Loop() {
		near, err := travel.NewLine(travel.Points{At: facilities}).Nearest(b.Context(), travel.Points{At: points}, nil)
		if err != nil {
			b.Fatal(err)
		}
		got := 0
		for _, m := range near.Metres {
			if m <= 1000 {
				got++
			}
		}
		if got != want {
			b.Fatalf("%d places served, the server says %d", got, want)
		}
	}
	ours := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(theirs.Seconds()/ours.Seconds(), "postgis/ours")
}

// scatter draws places in a region of 4 by 3 degrees, most of them in towns.
func scatter(rng *rand.Rand, n int) []orb.Point {
	out := make([]orb.Point, n)
	for i := range out {
		town := rng.IntN(2000)
		out[i] = orb.Point{112 + 4*float64(town*7919%2000)/2000, 28.5 + 3*float64(town*104729%1999)/1999}
		out[i][0] += rng.NormFloat64() * 0.03
		out[i][1] += rng.NormFloat64() * 0.03
	}
	return out
}
