// Package openstore chooses a store by its URL: the path of a file that ends in
// .gpkg is a GeoPackage (package gpkg), postgres://user@host/database a PostGIS
// database (package postgis). It is apart from package store because the stores
// import that.
package openstore

import (
	"context"
	"path/filepath"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/store"
	"lifecircle/data/store/gpkg"
	"lifecircle/data/store/postgis"
)

// Open opens a store that exists. Errors: Invalid for a URL of neither form,
// NotFound when there is none, and those of gpkg.Open and postgis.Open.
func Open(ctx context.Context, url string) (store.Store, error) {
	switch {
	case isPostgres(url):
		return checked(postgis.Open(ctx, url))
	case isFile(url):
		return checked(gpkg.Open(ctx, url))
	}
	return nil, unknown(url)
}

// Create opens a store for saving, and makes it when there is none. It refuses
// a file that is there and is no store.
func Create(ctx context.Context, url string) (store.Store, error) {
	switch {
	case isPostgres(url):
		return checked(postgis.Create(ctx, url))
	case isFile(url):
		return checked(gpkg.Create(ctx, url))
	}
	return nil, unknown(url)
}

// checked keeps a nil pointer from becoming a store that is not nil.
func checked[S store.Store](s S, err error) (store.Store, error) {
	if err != nil {
		return nil, err
	}
	return s, nil
}

func isPostgres(url string) bool {
	return strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://")
}

func isFile(url string) bool {
	return strings.EqualFold(filepath.Ext(url), ".gpkg") && !strings.Contains(url, "://")
}

func unknown(url string) error {
	return &coverage.Error{Code: coverage.Invalid, Key: "store.url", Args: coverage.Args{"store": url}}
}
