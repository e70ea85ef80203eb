package web

import (
	"embed"
	"io/fs"
)

// dist is git-ignored but for its .keep, which makes it embeddable in a fresh
// checkout.
//
//go:embed all:dist
var dist embed.FS

//go:embed unbuilt/index.html
var unbuilt embed.FS

// FS returns the files of the page, index.html at the root and the rest below
// assets/. When the page has not been built it holds only an index.html that
// says how to build it; see [Built].
func FS() fs.FS {
	if Built() {
		return mustSub(dist, "dist")
	}
	return mustSub(unbuilt, "unbuilt")
}

// Built reports whether the page was built before the program was compiled.
func Built() bool {
	_, err := fs.Stat(dist, "dist/index.html")
	return err == nil
}

// mustSub cannot fail: fs.Sub refuses only malformed names, and ours are
// constants.
func mustSub(files fs.FS, dir string) fs.FS {
	sub, err := fs.Sub(files, dir)
	if err != nil {
		panic(err)
	}
	return sub
}
