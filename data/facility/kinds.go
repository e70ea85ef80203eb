package facility

import (
	"io/fs"

	"lifecircle/coverage"
	"lifecircle/coverage/standard"
	"lifecircle/data/kinds"
	"lifecircle/data/project"
	"lifecircle/data/source"
)

// use says what becomes of a row by its kind.
type use uint8

const (
	keep   use = iota
	skip       // of no interest, counted
	faulty     // a fault of the row
)

// readKind finds the kind of a row, and the tier that its word says: by the
// project's map, else by the table of kinds.
func (f *facilityReader) readKind(rec *source.Record) (kind, tier string, become use) {
	k := f.entry.Kind
	if k.Column == "" {
		return k.Word, "", keep
	}
	word := rec.Cell(f.kind)
	if kind, ok := k.Map[word]; ok {
		return kind, "", keep
	}
	if k.Map == nil {
		if e, ok := f.kinds.Find(word); ok {
			return e.Kind, e.Tier, keep
		}
	}
	switch {
	case k.Others == project.Skip:
		f.words.add("kind.skipped", rec.Ref, f.entry.Kind.Column, word)
		return "", "", skip
	case word == "" || k.Others == project.Error:
		return "", "", faulty
	}
	if standard.ServiceOf(word) == "" {
		f.words.add("kind.unmapped", rec.Ref, f.entry.Kind.Column, word)
	}
	return word, "", keep
}

func (f *facilityReader) kindFault(rec *source.Record) {
	word := rec.Cell(f.kind)
	key := "kind.unknown"
	if word == "" {
		key = "kind.missing"
	}
	f.Issues.Add(coverage.Issue{
		Ref: rec.Ref, Key: key, Column: f.entry.Kind.Column, Value: word, Fatal: true, Args: coverage.Args{"guess": f.guess(word)},
	})
}

// guess is the kind that a word may mean, for messages.
func (l *Lists) guess(word string) string {
	if g := l.kinds.Guess(word); g != "" {
		return g
	}
	return "?"
}

// ReadKinds lays the project's own table of kinds, if it has one, over the one
// that ships.
func (l *Lists) ReadKinds() error {
	l.kinds = kinds.Default()
	file := l.Project.Kinds
	if file == "" {
		return nil
	}
	text, err := fs.ReadFile(l.FS, file)
	if err != nil {
		return l.Fail(file, source.NotReadable(file, err))
	}
	own, err := kinds.Parse(file, text)
	if err != nil {
		return l.Fail(file, err)
	}
	l.Source(coverage.Source{Role: "kinds", File: file})
	l.kinds = own.Over(kinds.Default())
	return nil
}

// wordCounts counts words, each under a key and a file, in the order found.
type wordCounts struct {
	at   map[[4]string]int
	list []wordCount
}

type wordCount struct {
	key, column, word string
	first             coverage.Ref
	rows              int
}

func newWordCounts() *wordCounts { return &wordCounts{at: map[[4]string]int{}} }

func (w *wordCounts) add(key string, ref coverage.Ref, column, word string) {
	id := [4]string{key, ref.File, ref.Sheet, word}
	i, ok := w.at[id]
	if !ok {
		i = len(w.list)
		w.at[id] = i
		w.list = append(w.list, wordCount{key: key, column: column, word: word, first: ref})
	}
	w.list[i].rows++
}

// report makes an issue of every word, at its first row, with its count.
func (w *wordCounts) report(iss *coverage.Issues, guess func(string) string) {
	for _, c := range w.list {
		iss.Add(coverage.Issue{Ref: c.first, Key: c.key, Column: c.column, Value: c.word, Args: coverage.Args{"count": c.rows, "guess": guess(c.word)}})
	}
}
