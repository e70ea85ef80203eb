package ground

import (
	"lifecircle/coverage"
	"lifecircle/data/table"
	"lifecircle/geo/crs"

	"github.com/paulmach/orb"
)

// byContent finds the columns of coordinates of a table whose names do not say:
// the only column of pairs, else the only two columns of numbers that together
// place nearly every row inside the zones (without zones, inside the range of
// the system). Two ways to do it are none. The choice is told.
func (l *Ground) byContent(p *Placer) {
	if p.r.Head == nil {
		return
	}
	rows := p.r.Head()
	var pairs []int
	var numbers []int
	for c := range p.r.Columns {
		if mostly(rows, func(r []string) bool { _, _, s := table.Pair(r[c], false); return s == table.Good }) {
			pairs = append(pairs, c)
		}
		if mostly(rows, func(r []string) bool { _, _, s := table.Coordinate(r[c]); return s == table.Good }) {
			numbers = append(numbers, c)
		}
	}
	if len(pairs) == 1 && len(rows) > 0 {
		p.xy = pairs[0]
		l.guessed(p, p.xy, p.xy)
		return
	}
	found := 0
	var x, y int
	for _, i := range numbers {
		for _, j := range numbers {
			if i != j && mostly(rows, func(r []string) bool { return l.fits(p.r.CRS, r[i], r[j]) }) {
				found, x, y = found+1, i, j
			}
		}
	}
	if found == 1 {
		p.x, p.y = x, y
		l.guessed(p, x, y)
	}
}

// mostly reports whether nine of ten rows do.
func mostly(rows [][]string, is func([]string) bool) bool {
	n := 0
	for _, r := range rows {
		if is(r) {
			n++
		}
	}
	return n > 0 && n*10 >= len(rows)*9
}

func (l *Ground) fits(c crs.CRS, x, y string) bool {
	a, _, s1 := table.Coordinate(x)
	b, _, s2 := table.Coordinate(y)
	if s1 != table.Good || s2 != table.Good || c.Check(orb.Point{a, b}) != crs.None {
		return false
	}
	return len(l.Levels) == 0 || l.ZoneAt(c.ToWGS84(orb.Point{a, b})) >= 0
}

func (l *Ground) guessed(p *Placer, x, y int) {
	l.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: p.r.File, Sheet: p.r.Layer}, Key: "data.column_guessed", Column: p.r.Name(x), Args: coverage.Args{"x": p.r.Name(x), "y": p.r.Name(y)}})
}
