package api

import (
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"

	"lifecircle/api/problem"
	"lifecircle/api/query"
	"lifecircle/coverage"
)

// maxURL is the longest address, in bytes, that is answered.
const maxURL = 8192

// The page runs its own scripts only, and asks nobody but this service. Its map
// needs a worker from a blob and icons as data.
const contentPolicy = "default-src 'self'; worker-src 'self' blob:; child-src 'self' blob:; " +
	"img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; " +
	"form-action 'none'; frame-ancestors 'none'"

var securityHeaders = [][2]string{
	{"Content-Security-Policy", contentPolicy},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
	{"Referrer-Policy", "no-referrer"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), microphone=(), payment=(), usb=()"},
}

// shield is the outermost handler: safe headers, no foreign host, no endless
// address.
func (s *service) shield(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, h := range securityHeaders {
			w.Header().Set(h[0], h[1])
		}
		switch {
		case len(r.RequestURI) > maxURL || len(r.URL.RawQuery) > maxURL:
			s.fail(w, r, problem.New(http.StatusRequestURITooLong, coverage.Invalid, "api.url_too_long", coverage.Args{"limit": maxURL}))
		case !s.isOurs(r.Host):
			s.fail(w, r, problem.New(http.StatusMisdirectedRequest, coverage.Invalid, "api.host", coverage.Args{"host": r.Host}))
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// rescued lets no panic out.
func (s *service) rescued(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer s.rescue(w, r)
		next.ServeHTTP(w, r)
	})
}

// rescue turns a panic into an answer that says nothing of the program's inside,
// and writes the inside to the log.
func (s *service) rescue(w http.ResponseWriter, r *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler {
		panic(p)
	}
	s.options.Log.Error("panic", "path", r.URL.Path, "query", r.URL.RawQuery, "panic", p, "stack", string(debug.Stack()))
	problem.Write(w, problem.New(http.StatusInternalServerError, coverage.Internal, "api.internal", nil), query.Lang(r))
}

// isOurs reports whether a request's host is this machine: a loopback name or
// address, or the address that the service listens on. A page of a foreign site
// whose name was made to lead here (DNS rebinding) brings its own name.
func (s *service) isOurs(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.ToLower(strings.TrimSuffix(strings.Trim(name, "[]"), "."))
	if name == "localhost" {
		return true
	}
	if ip, err := netip.ParseAddr(name); err == nil && ip.IsLoopback() {
		return true
	}
	own, _, err := net.SplitHostPort(s.options.Addr)
	return err == nil && own != "" && name == strings.ToLower(own)
}
