// Package datatest helps tests that let another program judge ours: such a test
// skips on a machine that lacks the program, and fails there when everything is
// said to be installed, so that a judge is never lost in silence.
package datatest

import (
	"os"
	"os/exec"
	"testing"
)

// Missing skips the test because something that it needs is not here; it fails
// the test when LIFECIRCLE_REQUIRE is "all".
func Missing(t testing.TB, why ...any) {
	t.Helper()
	if os.Getenv("LIFECIRCLE_REQUIRE") == "all" {
		t.Fatal(why...)
	}
	t.Skip(why...)
}

// Program returns the path of a program of a Debian package, or is [Missing].
func Program(t testing.TB, name, debian string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		Missing(t, name, " is not installed (Debian: ", debian, ")")
	}
	return path
}
