package main

import (
	"context"
	"os"
	"sync"
	"time"

	"lifecircle/coverage"
	"lifecircle/data/store/openstore"
)

// live is the project that the service shows. A GeoPackage that has been
// replaced (by import, or by an edit in a GIS) is read anew on the next request.
type live struct {
	url string

	mu    sync.Mutex
	stamp stamp
	ds    *coverage.Dataset
}

type stamp struct {
	size    int64
	changed time.Time
}

// stampOf tells one state of a store file from the next; databases have none.
func stampOf(url string) stamp {
	info, err := os.Stat(url)
	if err != nil {
		return stamp{}
	}
	return stamp{info.Size(), info.ModTime()}
}

// Dataset returns the dataset as it stands in the store.
func (l *live) Dataset(ctx context.Context) (*coverage.Dataset, error) { return l.dataset(ctx, nil) }

func (l *live) dataset(ctx context.Context, p coverage.Progress) (*coverage.Dataset, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := stampOf(l.url)
	if l.ds != nil && (now == l.stamp || now == stamp{}) {
		return l.ds, nil
	}
	ds, err := load(ctx, l.url, p)
	if err != nil {
		return nil, err
	}
	l.ds, l.stamp = ds, now
	return ds, nil
}

func load(ctx context.Context, url string, p coverage.Progress) (*coverage.Dataset, error) {
	s, err := openstore.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return s.Load(ctx, p)
}
