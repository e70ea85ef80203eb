package people

import (
	"slices"

	"lifecircle/coverage"
	"lifecircle/data/source"
	"lifecircle/data/table"
)

// checkRow reports a row in which a group has more people than there are.
func (p *pointReader) checkRow(rec *source.Record, row []float32, whole, part int) {
	if len(p.sums) == 0 {
		p.sums = make([]float64, len(p.groups))
	}
	for i := range p.groups {
		p.sums[i] += float64(row[p.slots[i]])
	}
	if whole >= 0 && part >= 0 && isNumber(rec.Cell(p.columns[whole])) && row[p.slots[part]] > row[p.slots[whole]] {
		p.Issues.Add(coverage.Issue{
			Ref: rec.Ref, Key: "population.group_exceeds", Column: p.r.Name(p.columns[part]), Value: rec.Cell(p.columns[part]),
			Args: coverage.Args{"group": p.groups[part].Name, "all": rec.Cell(p.columns[whole])},
		})
	}
	first := max(whole, 0)
	n := row[p.slots[first]]
	p.values = append(p.values, n)
	if n >= manyPeople && len(p.large) < 1000 {
		p.large = append(p.large, coverage.Issue{
			Ref: rec.Ref, Key: "population.outlier", Column: p.r.Name(p.columns[first]), Value: rec.Cell(p.columns[first]), Args: coverage.Args{"people": n},
		})
	}
}

func isNumber(cell string) bool {
	_, state := table.Number(cell)
	return state == table.Good
}

// A place with over manyPeople people, and this many times as many as the usual
// place of the table, is reported.
const (
	manyPeople   = 50_000
	timesTheRest = 200
)

// checkTable reports groups that are empty in the whole table, and rows with
// absurdly more people than the others.
func (p *pointReader) checkTable() {
	for i, sum := range p.sums {
		if sum == 0 {
			p.Issues.Add(coverage.Issue{
				Ref: coverage.Ref{File: p.r.File, Sheet: p.r.Layer}, Key: "population.empty_group", Column: p.r.Name(p.columns[i]), Value: p.groups[i].Name,
			})
		}
	}
	if len(p.large) == 0 || len(p.values) < 5 {
		return
	}
	sorted := slices.Sorted(slices.Values(p.values))
	usual := max(sorted[len(sorted)/2], 1)
	for _, i := range p.large {
		if i.Args["people"].(float32) > timesTheRest*usual {
			i.Args["usual"] = source.People(float64(usual))
			p.Issues.Add(i)
		}
	}
}
