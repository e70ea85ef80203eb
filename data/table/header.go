package table

import (
	"errors"
	"strings"
)

// headerRows is how many filled rows the header is looked for in.
const headerRows = 40

var errStop = errors.New("stop")

// header finds the header among the first filled rows of a sheet: the row with
// most column names that the program knows, and most different words, that has
// a row below it; the upper one of equals. When no row looks like a header, it
// returns 0 and the column letters. A header of two rows is read as one, its
// number that of the lower.
func header(rows []Row, words *Words) (number int, columns []string) {
	best, bestScore := -1, 0
	for i, r := range rows {
		if i == len(rows)-1 && i > 0 {
			break // nothing below it
		}
		if s := headerScore(r.Cells, words); s > bestScore {
			best, bestScore = i, s
		}
	}
	if best < 0 || bestScore < knownWeight && headless(rows, best) {
		return 0, letterNames(rows)
	}
	number, columns, joined := twofold(rows, best, words)
	if !joined {
		number = rows[best].Number
		for _, c := range rows[best].Cells {
			columns = append(columns, strings.Join(strings.Fields(trim(c)), " "))
		}
	}
	for len(columns) > 0 && columns[len(columns)-1] == "" {
		columns = columns[:len(columns)-1]
	}
	return number, columns
}

// knownWeight makes one known column name count for more than any number of
// other words in a sheet of usual width.
const knownWeight = 100

func headerScore(cells []string, words *Words) int {
	seen := map[string]bool{}
	score := 0
	for _, c := range cells {
		c = trim(c)
		if c == "" || seen[c] {
			continue
		}
		seen[c] = true
		if _, s := Number(c); s != Good {
			score++
		}
	}
	return score + knownWeight*len(words.Assign(cells))
}

// headless reports whether row i looks like the data below it: the same columns
// hold numbers, and at least one does. Years are no such numbers: they stand in
// headers.
func headless(rows []Row, i int) bool {
	if i+1 >= len(rows) {
		return false
	}
	numbers := 0
	for c := range max(len(rows[i].Cells), len(rows[i+1].Cells)) {
		v, a := Number(rows[i].Cell(c))
		_, b := Number(rows[i+1].Cell(c))
		if (a == Good) != (b == Good) {
			return false
		}
		if a == Good && (v != float64(int(v)) || v < 1900 || v > 2100) {
			numbers++
		}
	}
	return numbers > 0
}

func letterNames(rows []Row) []string {
	width := 0
	for _, r := range rows {
		width = max(width, len(r.Cells))
	}
	names := make([]string, width)
	for i := range names {
		names[i] = letters(i)
	}
	return names
}

// letters names column i as spreadsheets do: A, B ... Z, AA.
func letters(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}
