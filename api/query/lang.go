package query

import (
	"net/http"
	"net/url"

	"lifecircle/api/problem"
	"lifecircle/coverage"

	"golang.org/x/text/language"
)

var languages = language.NewMatcher([]language.Tag{language.English, language.Chinese})

// Lang is the language to answer in: parameter lang, else Accept-Language, else
// English. A lang that is not understood counts as not given; [Values.CheckLang]
// refuses it.
func Lang(r *http.Request) string {
	q, _ := url.ParseQuery(r.URL.RawQuery)
	if l := q.Get("lang"); l == "zh" || l == "en" {
		return l
	}
	_, n := language.MatchStrings(languages, r.Header.Get("Accept-Language"))
	return [...]string{"en", "zh"}[n]
}

// CheckLang refuses a language that there is none of.
func (v Values) CheckLang() error {
	if l := v.Get("lang"); l != "" && l != "zh" && l != "en" {
		return problem.Param("lang", "api.lang", coverage.Args{"value": l})
	}
	return nil
}
