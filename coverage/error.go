package coverage

import (
	"errors"
	"strings"

	"lifecircle/coverage/message"
)

// Code is the class of an error; api turns it into an HTTP status, cmd into an
// exit status.
type Code string

// The codes.
const (
	Invalid     Code = "invalid"     // wrong use: an option or a parameter
	NotFound    Code = "not_found"   // a file, store, layer or id that is not there or cannot be read
	Unusable    Code = "unusable"    // data that cannot be used as they are
	Conflict    Code = "conflict"    // the state does not allow it
	Unsupported Code = "unsupported" // asked rightly, but not in this program
	Infeasible  Code = "infeasible"  // no answer exists
	Internal    Code = "internal"    // a fault of the program
)

// Error is an error for people: a catalogue key and its values, so that it can
// be said in Chinese and English. Err is the cause, and may be nil.
type Error struct {
	Code Code
	Key  string
	Args Args
	Err  error
}

// Error says it in English, with the cause.
func (e *Error) Error() string { return e.In("en") }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// In says it in lang ("zh" or "en"), with the cause.
func (e *Error) In(lang string) string {
	s := message.Render(lang, e.Key, e.Args)
	if e.Err == nil {
		return s
	}
	if lang == "zh" {
		return s + "：" + Explain(e.Err, lang)
	}
	return s + ": " + Explain(e.Err, lang)
}

// CodeOf returns the code of the first [Error] in err's chain, Internal when
// there is none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// Explain says err in lang as far as the catalogue knows it: joined errors a
// line each, an [Error] by its message, anything else by its own text.
func Explain(err error, lang string) string {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var lines []string
		for _, e := range joined.Unwrap() {
			lines = append(lines, Explain(e, lang))
		}
		return strings.Join(lines, "\n")
	}
	var e *Error
	if errors.As(err, &e) {
		if err == error(e) {
			return e.In(lang)
		}
		// Keep what wraps it ("read clinics.xlsx: ..."), replace its own part.
		return strings.Replace(err.Error(), e.Error(), e.In(lang), 1)
	}
	return err.Error()
}

// Progress is told how far long work has come. A nil Progress is silent. Stage
// names are catalogue keys ("progress.read", ...); total is 0 when unknown.
type Progress func(stage string, done, total int64)

// Report calls p when it is not nil.
func (p Progress) Report(stage string, done, total int64) {
	if p != nil {
		p(stage, done, total)
	}
}
