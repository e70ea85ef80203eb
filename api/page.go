package api

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"

	"lifecircle/api/route"
)

// pages serves the files of the map page. They are few and live in memory.
type pages struct {
	files fs.FS
	mu    sync.Mutex
	tags  map[string]string
}

var mediaTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml", ".json": "application/json", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json",
}

// serve answers with a file; the query belongs to the page.
func (p *pages) serve(w http.ResponseWriter, r *http.Request) error {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if name == "" {
		name = "index.html"
	}
	if strings.HasPrefix(path.Base(name), ".") {
		return notFound(w, r)
	}
	body, err := fs.ReadFile(p.files, name)
	if err != nil {
		var wrong *fs.PathError
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) || errors.As(err, &wrong) {
			return notFound(w, r) // also a folder: there are no listings
		}
		return err
	}
	if strings.HasPrefix(name, "assets/") {
		// Built files carry a hash in their name.
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if route.FreshTag(w, r, p.tag(name, body)) {
		return nil
	}
	kind := mediaTypes[path.Ext(name)]
	if kind == "" {
		kind = mime.TypeByExtension(path.Ext(name))
	}
	if kind == "" {
		kind = "application/octet-stream"
	}
	route.Send(w, kind, body)
	return nil
}

func (p *pages) tag(name string, body []byte) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.tags[name] == "" {
		sum := sha256.Sum256(body)
		p.tags[name] = `W/"` + hex.EncodeToString(sum[:16]) + `"`
	}
	return p.tags[name]
}
