package problem

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"lifecircle/coverage"
)

// ContentType is the media type of problem details.
const ContentType = "application/problem+json"

// Details is the body of a problem.
type Details struct {
	Type   string   `json:"type"` // "urn:lifecircle:problem:" and the catalogue key
	Title  string   `json:"title"`
	Status int      `json:"status"`
	Detail string   `json:"detail"`
	Code   string   `json:"code"`
	Params []string `json:"params,omitempty"` // query parameters, or members of the body, at fault
}

// Error is an error that knows more about its answer than its code says.
type Error struct {
	Status int      // 0: by the code of Err
	Params []string // query parameters at fault
	Err    error
}

func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the error within.
func (e *Error) Unwrap() error { return e.Err }

// Param is a fault in a query parameter: code invalid, and the catalogue key
// that says what is wrong.
func Param(name, key string, args coverage.Args) error {
	return About(name, &coverage.Error{Code: coverage.Invalid, Key: key, Args: args})
}

// About says that err is about a query parameter.
func About(name string, err error) error { return &Error{Params: []string{name}, Err: err} }

// New is an error of a status with a message of the catalogue.
func New(status int, code coverage.Code, key string, args coverage.Args) error {
	return &Error{Status: status, Err: &coverage.Error{Code: code, Key: key, Args: args}}
}

var statusOf = map[coverage.Code]int{
	coverage.Invalid:     http.StatusBadRequest,
	coverage.NotFound:    http.StatusNotFound,
	coverage.Unusable:    http.StatusUnprocessableEntity,
	coverage.Infeasible:  http.StatusUnprocessableEntity,
	coverage.Conflict:    http.StatusConflict,
	coverage.Unsupported: http.StatusNotImplemented,
	coverage.Internal:    http.StatusInternalServerError,
}

// Of turns an error into problem details in lang ("zh" or "en").
func Of(err error, lang string) Details {
	if errors.Is(err, context.DeadlineExceeded) {
		err = New(http.StatusServiceUnavailable, "timeout", "api.timeout", nil)
	}
	var said *coverage.Error
	if !errors.As(err, &said) {
		err = New(http.StatusInternalServerError, coverage.Internal, "api.internal", nil)
		errors.As(err, &said)
	}
	d := Details{
		Type: "urn:lifecircle:problem:" + said.Key, Status: statusOf[said.Code],
		Code: string(said.Code), Detail: coverage.Explain(said, lang),
	}
	if said.Code == coverage.Internal {
		d.Detail = (&coverage.Error{Key: "api.internal"}).In(lang)
	}
	var more *Error
	if errors.As(err, &more) {
		d.Params = more.Params
		if more.Status != 0 {
			d.Status = more.Status
		}
	}
	if d.Status == 0 {
		d.Status = http.StatusInternalServerError
	}
	d.Title = http.StatusText(d.Status)
	return d
}

// Write answers with the problem. Nothing is stored by caches.
func Write(w http.ResponseWriter, err error, lang string) {
	d := Of(err, lang)
	body, _ := json.Marshal(d) // strings and numbers only
	h := w.Header()
	h.Del("ETag")
	h.Del("Content-Encoding")
	h.Set("Content-Type", ContentType)
	h.Set("Content-Language", lang)
	h.Set("Cache-Control", "no-store")
	if d.Status == http.StatusServiceUnavailable || d.Status == http.StatusTooManyRequests {
		h.Set("Retry-After", "5")
	}
	w.WriteHeader(d.Status)
	_, _ = w.Write(append(body, '\n'))
}
