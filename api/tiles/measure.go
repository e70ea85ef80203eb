package tiles

import (
	"math"

	"lifecircle/api/snapshot"
	"lifecircle/coverage"
	"lifecircle/geo/tile"
)

// crowd is what is known of the people of some demand rows. Its zero value is
// nobody. Means are kept rather than sums, so that a single cell says its cost to
// the last unit.
type crowd struct {
	mean   float64 // cost, weighted by people, of those who reach a facility
	people float32
	judged float32
	served float32
	reach  float32 // people who reach a facility
	cells  int32
	rules  bool // a rule holds for somebody
}

func (c *crowd) merge(o crowd) {
	if reach := c.reach + o.reach; reach > 0 {
		c.mean = (c.mean*float64(c.reach) + o.mean*float64(o.reach)) / (float64(c.reach) + float64(o.reach))
		c.reach = reach
	}
	c.people, c.judged, c.served = c.people+o.people, c.judged+o.judged, c.served+o.served
	c.cells, c.rules = c.cells+o.cells, c.rules || o.rules
}

// single counts the rows of one cell as one: use it where an item is a row.
func single(c *crowd, o crowd) {
	c.merge(o)
	c.cells = 1
}

// rowOf is the crowd of one demand row; a is nil when nothing is judged.
func rowOf(people float32, a *snapshot.Answer, i int) crowd {
	c := crowd{people: people, cells: 1}
	if a == nil || a.Judged != nil && !a.Judged[i] {
		return c
	}
	c.rules, c.judged, c.served = true, people, people*a.Served[i]
	if a.Cost[i] != coverage.Never {
		c.reach, c.mean = people, float64(a.Cost[i])
	}
	return c
}

// measure makes the measure of the demand (a is nil) or of a coverage. In cells
// several rows of one cell count as one cell; points count one by one.
func measure(people []float32, a *snapshot.Answer, inCells bool) tile.Measure[crowd] {
	m := tile.Measure[crowd]{
		Names:  []string{"p", "n"},
		Add:    func(c *crowd, i int) { c.merge(rowOf(people[i], a, i)) },
		Merge:  (*crowd).merge,
		Values: demandValues,
	}
	if inCells {
		m.Add = func(c *crowd, i int) { single(c, rowOf(people[i], a, i)) }
	}
	if a != nil {
		m.Names, m.Values = []string{"p", "s", "t", "n", "j"}, coverageValues
	}
	return m
}

func demandValues(c *crowd, out []tile.Value) bool {
	out[0], out[1] = tile.Float(float64(c.people)), tile.Int(int64(c.cells))
	return c.people > 0
}

func coverageValues(c *crowd, out []tile.Value) bool {
	judged := int64(0)
	if c.rules {
		judged = 1
	}
	out[0] = tile.Float(float64(c.people))
	out[1] = tile.Float(share(c.served, c.judged))
	out[2] = tile.Int(cost(c))
	out[3], out[4] = tile.Int(int64(c.cells)), tile.Int(judged)
	return c.people > 0
}

// share is served / judged to three decimals; only all of them is 1, and only
// none of them is 0.
func share(served, judged float32) float64 {
	switch {
	case !(served > 0):
		return 0
	case served >= judged:
		return 1
	}
	s := math.Round(float64(served)/float64(judged)*1000) / 1000
	return min(max(s, 0.001), 0.999)
}

// cost is the mean in whole seconds or metres, rounded up as everywhere; -1 when
// nobody reaches a facility.
func cost(c *crowd) int64 {
	if !(c.reach > 0) {
		return -1
	}
	const noise = 1e-6 // of a mean over equal costs
	return int64(math.Ceil(c.mean/1000 - noise))
}
