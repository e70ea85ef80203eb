package travel_test

import (
	"math"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/travel"

	"pgregory.net/rapid"
)

func rule(seconds int32, metres, speed, detour float64) coverage.Rule {
	return coverage.Rule{
		Threshold: coverage.Threshold{Seconds: seconds, Metres: metres},
		Travel:    coverage.Travel{SpeedKMH: speed, Detour: detour},
	}
}

func TestCost(t *testing.T) {
	for _, c := range []struct {
		name   string
		metres float64
		rule   coverage.Rule
		want   uint32
	}{
		{"nothing", 0, rule(900, 0, 5, 1), 0},
		{"1,250 m at 5 km/h take 15 min", 1250, rule(900, 0, 5, 1), 900_000},
		{"a micrometre more is a millisecond more", 1250.000001, rule(900, 0, 5, 1), 900_001},
		{"float noise is not", 1250.0000000005, rule(900, 0, 5, 1), 900_000},
		{"nor are 10 nanometres, which are no distance", 1250.00000001, rule(900, 0, 5, 1), 900_000},
		{"a detour of 1.3", 1000, rule(900, 0, 6, 1.3), 780_000},
		{"no detour stated", 1000, rule(900, 0, 6, 0), 600_000},
		{"millimetres", 1000.0004, rule(0, 2000, 0, 1), 1_000_001},
		{"millimetres with a detour", 1000, rule(0, 2000, 0, 1.25), 1_250_000},
		{"unreachable", math.Inf(1), rule(900, 0, 5, 1), coverage.Never},
		{"no number", math.NaN(), rule(900, 0, 5, 1), coverage.Never},
		{"too far for the column", 4_294_968, rule(0, 4e6, 0, 1), coverage.Never},
		{"just not too far", 4_294_967.294, rule(0, 4e6, 0, 1), coverage.Never - 1},
		{"nobody moves", 1, rule(900, 0, 0, 1), coverage.Never},
	} {
		if got := travel.Cost(c.metres, c.rule); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestRadius(t *testing.T) {
	for _, c := range []struct {
		rule coverage.Rule
		want float64
	}{
		{rule(900, 0, 5, 1), 1250},
		{rule(900, 0, 5, 1.25), 1000},
		{rule(0, 500, 0, 1), 500},
		{rule(0, 500, 0, 1.25), 400},
		{rule(900, 0, 0, 1), 0},
	} {
		if got := travel.RadiusM(c.rule); !(math.Abs(got-c.want) < 3e-8) {
			t.Errorf("%+v: %v, want %v", c.rule, got, c.want)
		}
	}
}

// The radius is the last float whose cost is within the limit.
func TestRadiusIsWhereTheCostPassesTheLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rule(rapid.Int32Range(0, 86400).Draw(t, "s"), rapid.Float64Range(0.001, 4e6).Draw(t, "m"),
			rapid.Float64Range(0.1, 300).Draw(t, "km/h"), rapid.Float64Range(1, 10).Draw(t, "detour"))
		limit, radius := r.Threshold.Limit(), travel.RadiusM(r)
		if c := travel.Cost(radius, r); c > limit {
			t.Fatalf("cost %d at the radius %v, limit %d", c, radius, limit)
		}
		if c := travel.Cost(math.Nextafter(radius, math.Inf(1)), r); c <= limit {
			t.Fatalf("cost %d beyond the radius %v, limit %d", c, radius, limit)
		}
		a, b := rapid.Float64Range(0, 1e6).Draw(t, "a"), rapid.Float64Range(0, 1e6).Draw(t, "b")
		if (a <= b) != (travel.Cost(a, r) <= travel.Cost(b, r)) && travel.Cost(a, r) != travel.Cost(b, r) {
			t.Fatalf("%v m and %v m: costs out of order", a, b)
		}
	})
}
