// Package body reads the JSON body of a request strictly: an object whose members
// are known, given once, and in range; what is wrong is named with its place, such
// as add[2].at. The central type is [Object].
//
// [Read] takes the bytes off the wire (media type, size), [Parse] makes the
// object. Like package query it knows nothing of the data.
package body

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"lifecircle/api/problem"
	"lifecircle/coverage"
)

// Limit is the largest body that is read, in bytes.
const Limit = 1 << 20

// Read returns the body of a request that says it is JSON. The errors are those
// of HTTP: 415 for another media type, 413 for more than [Limit].
func Read(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := strings.ToLower(params["charset"])
	if err != nil || kind != "application/json" || charset != "" && charset != "utf-8" || r.Header.Get("Content-Encoding") != "" {
		return nil, problem.New(http.StatusUnsupportedMediaType, coverage.Invalid, "api.json_type", coverage.Args{"value": r.Header.Get("Content-Type")})
	}
	if r.ContentLength > Limit {
		return nil, tooLarge()
	}
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, Limit))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return nil, tooLarge()
	}
	if err != nil {
		return nil, problem.New(http.StatusBadRequest, coverage.Invalid, "api.json_cut", nil)
	}
	return data, nil
}

func tooLarge() error {
	return problem.New(http.StatusRequestEntityTooLarge, coverage.Invalid, "api.json_large", coverage.Args{"limit": Limit})
}

// Object is a JSON object on its way to a question. Its methods return the zero
// value once something was found wrong; [Object.Err] says what. Objects within
// share the fault of the whole.
type Object struct {
	path    string // "" the whole, else "add[2]"
	members map[string]json.RawMessage
	fault   *error
}

// Parse makes the object of a body of which only the known members are allowed.
func Parse(data []byte, known ...string) (*Object, error) {
	o := &Object{fault: new(error)}
	if !utf8.Valid(data) {
		return nil, fail("", "api.json_syntax", coverage.Args{"why": "UTF-8"})
	}
	o.read(data, known)
	return o, o.Err()
}

// Err is the first fault.
func (o *Object) Err() error { return *o.fault }

func fail(place, key string, args coverage.Args) error {
	err := &coverage.Error{Code: coverage.Invalid, Key: key, Args: args}
	if place == "" {
		return &problem.Error{Err: err}
	}
	return problem.About(place, err)
}

// blame keeps the first fault.
func (o *Object) blame(place, key string, args coverage.Args) {
	if o.Err() == nil {
		*o.fault = fail(place, key, args)
	}
}

// Blame keeps a fault of a member that the reader of the object found.
func (o *Object) Blame(name, key string, args coverage.Args) { o.blame(o.place(name), key, args) }

// Refuse keeps an error about a member.
func (o *Object) Refuse(name string, err error) {
	if o.Err() == nil && err != nil {
		*o.fault = problem.About(o.place(name), err)
	}
}

func (o *Object) place(name string) string {
	if o.path == "" {
		return name
	}
	return o.path + "." + name
}

// read takes the members of an object apart.
func (o *Object) read(data []byte, known []string) {
	d := json.NewDecoder(bytes.NewReader(data))
	first, err := d.Token()
	if err == nil && first != json.Delim('{') {
		key := "api.json_object"
		if o.path == "" {
			key = "api.json_whole"
		}
		o.blame(o.path, key, coverage.Args{"place": o.path})
		return
	}
	o.members = map[string]json.RawMessage{}
	for err == nil && d.More() {
		err = o.member(d, known)
	}
	if err == nil {
		_, err = d.Token() // the closing brace
	}
	if err == nil && o.Err() == nil {
		if _, more := d.Token(); more != io.EOF {
			o.blame(o.path, "api.json_syntax", coverage.Args{"why": "}"})
		}
	}
	if err != nil {
		o.blame(o.path, "api.json_syntax", coverage.Args{"why": err.Error()})
	}
}

// member reads one member; the error is one of the syntax.
func (o *Object) member(d *json.Decoder, known []string) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	name, _ := token.(string) // names are strings, or the decoder says so
	var value json.RawMessage
	if err := d.Decode(&value); err != nil {
		return err
	}
	switch _, twice := o.members[name]; {
	case !slices.Contains(known, name):
		o.blame(o.place(name), "api.member_unknown", coverage.Args{"name": name, "place": o.place(name), "known": strings.Join(known, ", ")})
	case twice:
		o.blame(o.place(name), "api.member_repeated", coverage.Args{"name": o.place(name)})
	case string(value) == "null":
		o.blame(o.place(name), "api.empty", coverage.Args{"name": o.place(name)})
	}
	o.members[name] = value
	return nil
}
