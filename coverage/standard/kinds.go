package standard

import (
	_ "embed"
	"sync"

	"lifecircle/coverage"

	"github.com/goccy/go-yaml"
)

//go:embed kinds.yaml
var kindsYAML []byte

type kindWord struct {
	Service string `yaml:"service"`
	ZH      string `yaml:"zh"`
	EN      string `yaml:"en"`
}

type words struct {
	Services map[string]coverage.Text `yaml:"services"`
	Kinds    map[string]kindWord      `yaml:"kinds"`
}

var vocabulary = sync.OnceValue(func() words {
	var w words
	if err := yaml.UnmarshalWithOptions(kindsYAML, &w, yaml.Strict()); err != nil {
		panic(err) // embedded at build time, held by a test
	}
	return w
})

// KindName is the name of a facility kind for people; the word itself when the
// vocabulary does not have it.
func KindName(kind string) coverage.Text {
	if k, ok := vocabulary().Kinds[kind]; ok {
		return coverage.Text{ZH: k.ZH, EN: k.EN}
	}
	return coverage.Text{ZH: kind, EN: kind}
}

// ServiceOf is the service that a kind belongs to, "" when the vocabulary does
// not have it.
func ServiceOf(kind string) string { return vocabulary().Kinds[kind].Service }

// ServiceName is the name of a service for people; the word itself when the
// vocabulary does not have it.
func ServiceName(service string) coverage.Text {
	if t, ok := vocabulary().Services[service]; ok {
		return t
	}
	return coverage.Text{ZH: service, EN: service}
}
