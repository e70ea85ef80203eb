package openapi

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed openapi.yaml
var source []byte

// JSON is the document as JSON.
var JSON = sync.OnceValue(func() []byte {
	text, err := yaml.YAMLToJSON(source)
	if err != nil {
		panic(err) // embedded at build time, held by a test
	}
	return text
})

// Tag is the entity tag of the document.
var Tag = sync.OnceValue(func() string {
	sum := sha256.Sum256(source)
	return `W/"` + hex.EncodeToString(sum[:16]) + `"`
})
