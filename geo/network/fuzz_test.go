package network_test

import (
	"context"
	"testing"
	"time"

	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"
)

// FuzzDecode: what is decoded without a fault can be weighed and searched.
func FuzzDecode(f *testing.F) {
	body := network.BodyOfEverything(f)
	f.Add(body)
	f.Add(body[:len(body)/2])
	f.Add([]byte{1, 0, 0, 0})
	walk := profile.Walk()
	f.Fuzz(func(t *testing.T, b []byte) {
		if g, err := network.DecodeUnsummed(b); err == nil {
			w := search.Over(network.Compile(g, &walk, network.Boats{}))
			s := search.NewSearcher(w, false)
			if w.Nodes() > 0 {
				ctx, cancel := context.WithTimeout(context.Background(), time.Second)
				defer cancel()
				_ = s.Run(ctx, []search.Seed{{Node: 0}}, 0)
			}
		}
	})
}
