package api

import (
	"net/http"
	"strings"

	"lifecircle/api/problem"
	"lifecircle/coverage"
)

// handler answers a request; an error becomes problem details.
type handler = func(http.ResponseWriter, *http.Request) error

// methods are the handlers of one path. GET answers HEAD too.
type methods map[string]handler

// allow lists the methods of a path.
func (m methods) allow() string {
	var list []string
	for _, name := range [...]string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodDelete} {
		if m.of(name) != nil {
			list = append(list, name)
		}
	}
	return strings.Join(append(list, http.MethodOptions), ", ")
}

func (m methods) of(name string) handler {
	if name == http.MethodHead {
		name = http.MethodGet
	}
	return m[name]
}

// origin refuses requests that a browser sends on behalf of a foreign page, unless
// they change nothing.
var origin http.CrossOriginProtection

// path answers the requests to one path.
func (s *service) path(m methods) http.Handler {
	allow := m.allow()
	return s.plain(func(w http.ResponseWriter, r *http.Request) error {
		h := m.of(r.Method)
		switch {
		case r.Method == http.MethodOptions:
			w.Header().Set("Allow", allow)
			w.WriteHeader(http.StatusNoContent)
			return nil
		case h == nil:
			w.Header().Set("Allow", allow)
			return problem.New(http.StatusMethodNotAllowed, coverage.Invalid, "api.method", coverage.Args{"method": r.Method, "known": allow})
		case origin.Check(r) != nil:
			return problem.New(http.StatusForbidden, coverage.Invalid, "api.origin", nil)
		}
		return h(w, r)
	})
}
