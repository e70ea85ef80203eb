package postgis

import (
	"testing"

	"lifecircle/coverage"
)

// FuzzURL gives any text as a URL: a target with a safe schema, or an error of
// wrong use.
func FuzzURL(f *testing.F) {
	for _, s := range []string{
		"postgres://u:p@h:5432/db?schema=a_b&sslmode=disable", "postgresql:///db?host=/tmp", "postgres://", "postgres://h/db?schema=x;drop", "http://h", "postgres://h:99999/d", "",
		"postgres://a,b:1,2/db?target_session_attrs=any", "postgres://h/db?schema=%00",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := parse(text)
		switch {
		case err != nil && coverage.CodeOf(err) != coverage.Invalid:
			t.Errorf("%q: %v", text, err)
		case err == nil && (!schemaForm.MatchString(got.schema) || got.config == nil):
			t.Errorf("%q gives the schema %q", text, got.schema)
		}
	})
}
