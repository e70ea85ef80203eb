package route

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"lifecircle/api/geojson"
	"lifecircle/api/query"
	"lifecircle/api/snapshot"
)

// Route is one path of the service under one method. Every route takes the
// parameter lang; a path with several methods has a route for each.
type Route struct {
	Method string   // "": GET, and HEAD with it
	Path   string   // a template of gorilla/mux
	Params []string // query parameters besides lang
	Handle Handler
}

// Handler answers a request. An error that it returns becomes problem details;
// it must not have written before.
type Handler func(w http.ResponseWriter, r *Request) error

// Request is a request whose parameters are known to be allowed.
type Request struct {
	*http.Request
	Query query.Values
	Data  *snapshot.Snapshot
}

// Fresh sets the entity tag of an answer that depends on the dataset, the
// program, the address and the given hashes. When the client has that answer
// already it says so (304) and reports true. Tags are weak: the same answer may
// travel compressed or not.
func Fresh(w http.ResponseWriter, r *Request, hashes ...string) bool {
	h := sha256.New()
	for _, s := range append([]string{r.Data.Version, r.Data.Hash(), r.URL.Path, r.URL.Query().Encode()}, hashes...) {
		io.WriteString(h, strconv.Quote(s))
	}
	return FreshTag(w, r.Request, `W/"`+hex.EncodeToString(h.Sum(nil)[:16])+`"`)
}

// FreshTag is [Fresh] for a tag that is known already.
func FreshTag(w http.ResponseWriter, r *http.Request, tag string) bool {
	w.Header().Set("ETag", tag)
	if w.Header().Get("Cache-Control") == "" {
		w.Header().Set("Cache-Control", "no-cache") // keep, but ask
	}
	for _, have := range strings.Split(strings.Join(r.Header.Values("If-None-Match"), ","), ",") {
		have = strings.TrimSpace(have)
		if have == "*" || strings.TrimPrefix(have, "W/") == strings.TrimPrefix(tag, "W/") {
			w.WriteHeader(http.StatusNotModified)
			return true
		}
	}
	return false
}

// JSON answers with a value.
func JSON(w http.ResponseWriter, v any) error { return JSONAs(w, http.StatusOK, v) }

// JSONAs answers with a value and a status.
func JSONAs(w http.ResponseWriter, status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n')) // that the client went away is nobody's fault
	return nil
}

// Collection answers with a page of features.
func Collection(w http.ResponseWriter, c geojson.Collection) error {
	body, err := c.Append(nil)
	if err != nil {
		return err
	}
	Send(w, geojson.ContentType, body)
	return nil
}

// Send answers with a body. That the client went away is nobody's fault.
func Send(w http.ResponseWriter, contentType string, body []byte) {
	w.Header().Set("Content-Type", contentType)
	_, _ = w.Write(body)
}

// Window picks a page out of the numbers of all features that match, and links
// it with its neighbours.
func Window(r *Request, p query.Page, matched []int32) ([]int32, []geojson.Link) {
	from := min(p.Offset, len(matched))
	to := min(from+p.Limit, len(matched))
	links := []geojson.Link{Self(r)}
	if to < len(matched) {
		links = append(links, link(r, "next", to, p.Limit))
	}
	if p.Offset > 0 {
		start := max(0, p.Offset-p.Limit)
		links = append(links, link(r, "prev", start, min(p.Limit, p.Offset)))
	}
	return matched[from:to], links
}

// Self is the link of an answer to itself.
func Self(r *Request) geojson.Link { return link(r, "self", 0, 0) }

// link leads to another page of the same question. Parameters that the request
// did not give stay out, but for the place of the page.
func link(r *Request, rel string, offset, limit int) geojson.Link {
	q := r.URL.Query()
	if rel != "self" {
		q.Set("offset", strconv.Itoa(offset))
		q.Set("limit", strconv.Itoa(limit))
	}
	u := url.URL{Path: r.URL.Path, RawQuery: q.Encode()}
	return geojson.Link{Rel: rel, Href: u.String(), Type: geojson.ContentType}
}

// With joins lists of parameter names.
func With(lists ...[]string) []string { return slices.Concat(lists...) }
