package web_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"lifecircle/web"
)

func TestFSHoldsAPage(t *testing.T) {
	page, err := fs.ReadFile(web.FS(), "index.html")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(strings.ToLower(string(page)), "<!doctype html>") {
		t.Errorf("index.html is no HTML page: %.80q", page)
	}
	if !web.Built() && !strings.Contains(string(page), "make build") {
		t.Error("the page of a program without dist does not say how to build it")
	}
}

// Everything that the page names must be inside the program: it calls no
// outside host, and a file that is missing is a blank screen.
func TestPageIsWhole(t *testing.T) {
	if !web.Built() && os.Getenv("LIFECIRCLE_REQUIRE") == "all" {
		t.Fatal("web/dist is not built")
	}
	if !web.Built() {
		t.Skip("web/dist is not built: run make build")
	}
	page, err := fs.ReadFile(web.FS(), "index.html")
	if err != nil {
		t.Fatal(err)
	}
	links := regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllStringSubmatch(string(page), -1)
	if len(links) == 0 {
		t.Fatal("the built page names no script")
	}
	for _, link := range links {
		name := strings.TrimPrefix(link[1], "./")
		if _, err := fs.Stat(web.FS(), name); err != nil {
			t.Errorf("index.html names %q: %v", link[1], err)
		}
	}
}
