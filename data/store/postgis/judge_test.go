package postgis

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/travel"
	"lifecircle/data/store/postgis/pgtest"
	"lifecircle/geo/geodesy"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
)

// The judge is PostGIS on geography, that is GeographicLib on the WGS 84
// ellipsoid. ST_Distance rounds to 10 nm (PostGIS ticket 2168), and both sides
// have float noise of a few nm: judgeToleranceM is what we allow. No point is
// made closer to the threshold than 1 µm, so that served or not must agree at
// every point without any tolerance.
//
// The operator <-> on geography works on a sphere and judges nothing here.
const (
	judgePoints     = 200_000
	judgeFacilities = 2_000
	judgeThresholdM = 1250
	judgeToleranceM = 2e-8
)

// judged is what the server says of one point.
type judged struct {
	served   bool
	metres   float64
	facility int32
}

// TestPostGISAgrees compares nearest facility, distance, and served or not
// with the server at every point.
func TestPostGISAgrees(t *testing.T) {
	rng := rand.New(rand.NewPCG(2026, 11))
	facilities := judgeSites(rng)
	points := judgeDemand(rng, facilities)
	near, err := travel.NewLine(travel.Points{At: facilities}).Nearest(t.Context(), travel.Points{At: points}, nil)
	if err != nil {
		t.Fatal(err)
	}
	answers := askServer(t, pgtest.URL(t), facilities, points)
	walk := coverage.Travel{Mode: "line", SpeedKMH: 5, Detour: 1}
	rules := []coverage.Rule{
		{Threshold: coverage.Threshold{Metres: judgeThresholdM}, Travel: walk},
		{Threshold: coverage.Threshold{Seconds: 900}, Travel: walk}, // 1,250 m at 5 km/h
	}
	served, ties, worst, closest := 0, 0, 0.0, math.Inf(1)
	for i, want := range answers {
		if diff := math.Abs(near.Metres[i] - want.metres); !(diff <= judgeToleranceM) {
			t.Errorf("point %d: %.10f m, the server says %.10f", i, near.Metres[i], want.metres)
		} else {
			worst = max(worst, diff)
		}
		if near.Facility[i] != want.facility {
			t.Errorf("point %d: facility %d, the server says %d", i, near.Facility[i], want.facility)
		}
		for _, rule := range rules {
			if is := travel.Cost(near.Metres[i], rule) <= rule.Threshold.Limit(); is != want.served {
				t.Errorf("point %d at %.10f m: served %v by %v, the server says %v", i, near.Metres[i], is, rule.Threshold, want.served)
			}
		}
		if want.served {
			served++
		}
		if want.facility < judgeTwins {
			ties++
		}
		closest = min(closest, math.Abs(want.metres-judgeThresholdM))
	}
	t.Logf("%d of %d points served, %d ties, largest difference %.1e m, closest to the threshold %.1e m", served, len(answers), ties, worst, closest)
	if served < judgePoints/4 || served > judgePoints*3/4 || ties < 1000 || closest > 2e-6 {
		t.Error("the points do not try what they should")
	}
}

// judgeTwins facilities at the start stand where those at the end do: a tie
// goes to the lower number.
const judgeTwins = 100

// judgeSites are facilities over a county of about 100 km x 105 km.
func judgeSites(rng *rand.Rand) []orb.Point {
	sites := make([]orb.Point, judgeFacilities)
	for i := range sites {
		sites[i] = judgePlace(rng)
	}
	copy(sites[judgeFacilities-judgeTwins:], sites[:judgeTwins])
	return sites
}

func judgePlace(rng *rand.Rand) orb.Point {
	return orb.Point{116 + 1.1*rng.Float64(), 33.4 + 0.95*rng.Float64()}
}

// judgeDemand are points over the county; one in ten lies at the threshold of
// some facility, from 1 µm to 10 cm inside or outside.
func judgeDemand(rng *rand.Rand, sites []orb.Point) []orb.Point {
	points := make([]orb.Point, judgePoints)
	for i := range points {
		points[i] = judgePlace(rng)
		if i%10 == 0 {
			off := math.Pow(10, -6+5*rng.Float64())
			if rng.IntN(2) == 0 {
				off = -off
			}
			points[i] = geodesy.Destination(sites[rng.IntN(len(sites))], 360*rng.Float64(), judgeThresholdM+off)
		}
	}
	return points
}

// askServer asks for the nearest facility within the threshold by
// ST_DWithin(geography), and for what is left within wider and wider circles.
// A circle that holds a facility holds the nearest one.
func askServer(t *testing.T, url string, facilities, points []orb.Point) []judged {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	exec := func(query string) {
		if _, err := conn.Exec(t.Context(), query); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	loadPlaces(t, conn, map[string][]orb.Point{"facility": facilities, "point": points})
	exec("CREATE INDEX ON facility USING gist (g)")
	exec("ANALYZE facility, point")
	exec("SET max_parallel_workers_per_gather = 1; SET min_parallel_table_scan_size = 0; SET parallel_setup_cost = 0; SET enable_seqscan = on")
	answers := make([]judged, len(points))
	found := 0
	for _, radius := range []float64{judgeThresholdM, 4_000, 200_000} {
		found += askWithin(t, conn, radius, answers)
	}
	if found != len(points) {
		t.Fatalf("the server found a facility for %d of %d points", found, len(points))
	}
	return answers
}

// askWithin answers the points that are not done and that have a facility
// within radius; those are done then.
func askWithin(t *testing.T, conn *pgx.Conn, radius float64, answers []judged) int {
	t.Helper()
	rows, err := conn.Query(t.Context(), `SELECT p.id, n.metres, n.id FROM point p CROSS JOIN LATERAL (
 SELECT ST_Distance(p.g, f.g, true) AS metres, f.id FROM facility f WHERE ST_DWithin(p.g, f.g, $1, true) ORDER BY 1, 2 LIMIT 1) n
 WHERE NOT p.done`, radius)
	if err != nil {
		t.Fatal(err)
	}
	var ids []int32
	var id int32
	var a judged
	a.served = radius == judgeThresholdM
	_, err = pgx.ForEachRow(rows, []any{&id, &a.metres, &a.facility}, func() error {
		answers[id] = a
		ids = append(ids, id)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), "UPDATE point SET done = true WHERE id = ANY($1)", ids); err != nil {
		t.Fatal(err)
	}
	return len(ids)
}

// loadPlaces makes a table of geographies of each list, in index order.
func loadPlaces(t testing.TB, conn *pgx.Conn, lists map[string][]orb.Point) {
	t.Helper()
	for table, places := range lists {
		raw := pgx.Identifier{table + "_raw"}
		if _, err := conn.Exec(t.Context(), "CREATE TABLE "+raw.Sanitize()+" (id int, x float8, y float8)"); err != nil {
			t.Fatal(err)
		}
		_, err := conn.CopyFrom(t.Context(), raw, []string{"id", "x", "y"},
			pgx.CopyFromSlice(len(places), func(i int) ([]any, error) { return []any{int32(i), places[i][0], places[i][1]}, nil }))
		if err != nil {
			t.Fatal(err)
		}
		query := "CREATE TABLE " + table + " AS SELECT id, ST_SetSRID(ST_MakePoint(x, y), 4326)::geography AS g, false AS done FROM " + raw.Sanitize()
		if _, err := conn.Exec(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
}
