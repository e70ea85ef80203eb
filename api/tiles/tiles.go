package tiles

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"time"

	"lifecircle/api/cache"
	"lifecircle/api/problem"
	"lifecircle/api/query"
	"lifecircle/api/route"
	"lifecircle/api/snapshot"
	"lifecircle/api/tiles/streets"
	"lifecircle/coverage"
	"lifecircle/geo/tile"

	"github.com/gorilla/mux"
	"github.com/klauspost/compress/gzip"
	"github.com/paulmach/orb"
)

// ContentType is the media type of vector tiles.
const ContentType = "application/vnd.mapbox-vector-tile"

const (
	keptTileBytes = 64 << 20
	keptLayers    = 4 // a layer over a million cells takes some 45 MB
	waitForSlot   = 20 * time.Second
)

// Server draws tiles and keeps what it has drawn.
type Server struct {
	tiles   *cache.Cache[[]byte] // compressed; empty: nothing there
	layers  *cache.Cache[*layer]
	grounds *cache.Cache[*ground]
	streets *cache.Cache[*streets.Map]
	gate    *cache.Gate
}

// New makes a server.
func New() *Server {
	return &Server{
		tiles:   cache.New(keptTileBytes, func(b []byte) int64 { return int64(len(b)) + 200 }),
		layers:  cache.New(keptLayers, func(*layer) int64 { return 1 }),
		grounds: cache.New(1, func(*ground) int64 { return 1 }),
		streets: cache.New(1, func(*streets.Map) int64 { return 1 }),
		gate:    cache.NewGate(2*runtime.GOMAXPROCS(0), waitForSlot),
	}
}

// Routes are the routes of this package.
func (s *Server) Routes() []route.Route {
	return []route.Route{
		{Path: "/tiles/demand/{z:[0-9]+}/{x:[0-9]+}/{y:[0-9]+}", Params: []string{"group"}, Handle: s.demand},
		{Path: "/tiles/coverage/{z:[0-9]+}/{x:[0-9]+}/{y:[0-9]+}", Params: query.ChoiceParams, Handle: s.coverage},
		{Path: "/tiles/roads/{z:[0-9]+}/{x:[0-9]+}/{y:[0-9]+}", Handle: s.roads},
	}
}

// ground is where the demand of a dataset lies.
type ground struct {
	cells  *tile.Pyramid
	points *tile.Points
}

// layer is one thing to draw over the ground.
type layer struct {
	name   string
	ground *ground
	cells  *tile.Cells[crowd]
	points tile.Measure[crowd]
}

func (s *Server) demand(w http.ResponseWriter, r *route.Request) error {
	group := r.Query.Get("group")
	groups := r.Data.Data.Demand.Groups
	if err := snapshot.CheckWord("group", group, groups); err != nil {
		return err
	}
	if group == "" && len(groups) > 0 {
		group = groups[0]
	}
	people := r.Data.Data.Demand.Group(group)
	return s.serve(w, r, "demand", r.Data.Hash()+group, people, nil)
}

func (s *Server) coverage(w http.ResponseWriter, r *route.Request) error {
	choice, err := r.Query.Choice()
	if err != nil {
		return err
	}
	if _, err := id(r); err != nil {
		return err
	}
	a, err := r.Data.Answer(r.Context(), choice)
	if err != nil {
		return err
	}
	key := r.Data.Hash() + a.Run.Hash + r.Data.Group(a, choice)
	return s.serve(w, r, "coverage", key, r.Data.People(a, choice), a)
}

// id reads the tile's place from the path.
func id(r *route.Request) (tile.ID, error) {
	v := mux.Vars(r.Request)
	var n [3]uint32
	for i, name := range [...]string{"z", "x", "y"} {
		u, err := strconv.ParseUint(v[name], 10, 32)
		if err != nil {
			u = 1 << 31
		}
		n[i] = uint32(u)
	}
	t := tile.ID{Z: n[0], X: n[1], Y: n[2]}
	if !t.Valid() {
		return t, problem.New(http.StatusNotFound, coverage.NotFound, "api.tile", coverage.Args{
			"z": v["z"], "x": v["x"], "y": v["y"], "max": tile.MaxZoom,
		})
	}
	return t, nil
}

func (s *Server) serve(w http.ResponseWriter, r *route.Request, name, key string, people []float32, a *snapshot.Answer) error {
	return s.finish(w, r, name, key, func(ctx context.Context, t tile.ID) ([]byte, error) {
		l, err := s.layer(ctx, r.Data, name, name+key, people, a)
		if err != nil {
			return nil, err
		}
		return l.draw(t), nil
	})
}

// roads answers with the streets and boats; a project without them has empty tiles.
func (s *Server) roads(w http.ResponseWriter, r *route.Request) error {
	way := r.Data.Data.Transport
	return s.finish(w, r, streets.Layer, r.Data.Hash(), func(ctx context.Context, t tile.ID) ([]byte, error) {
		if way == nil || way.Roads == nil {
			return nil, nil
		}
		m, err := s.streets.Get(ctx, r.Data.Hash(), func(ctx context.Context) (*streets.Map, error) { return streets.New(ctx, way.Roads) })
		if err != nil {
			return nil, err
		}
		return m.Draw(t)
	})
}

// finish answers with a tile that is kept, or drawn now.
func (s *Server) finish(w http.ResponseWriter, r *route.Request, name, key string, draw func(context.Context, tile.ID) ([]byte, error)) error {
	t, err := id(r)
	if err != nil || route.Fresh(w, r, name, key) {
		return err
	}
	body, err := s.tiles.Get(r.Context(), fmt.Sprint(name+key, t), func(ctx context.Context) ([]byte, error) {
		leave, err := s.gate.Enter(ctx)
		if err != nil {
			return nil, err
		}
		defer leave()
		plain, err := draw(ctx, t)
		if err != nil {
			return nil, err
		}
		return compress(plain)
	})
	if err != nil {
		return err
	}
	return send(w, r, body)
}

func (s *Server) layer(ctx context.Context, data *snapshot.Snapshot, name, key string, people []float32, a *snapshot.Answer) (*layer, error) {
	return s.layers.Get(ctx, key, func(ctx context.Context) (*layer, error) {
		g, err := s.grounds.Get(ctx, data.Hash(), func(ctx context.Context) (*ground, error) { return newGround(ctx, data) })
		if err != nil {
			return nil, err
		}
		l := &layer{name: name, ground: g, points: measure(people, a, false)}
		l.cells, err = tile.NewCells(ctx, g.cells, measure(people, a, true))
		return l, err
	})
}

func newGround(ctx context.Context, data *snapshot.Snapshot) (*ground, error) {
	d := data.Data.Demand
	proj, err := data.Grid()
	if err != nil {
		return nil, err
	}
	g := &ground{}
	if g.cells, err = tile.NewPyramid(ctx, d.Grid, d.Cell, proj); err != nil {
		return nil, err
	}
	var points []int32
	for i, c := range d.Cell {
		if c < 0 {
			points = append(points, int32(i))
		}
	}
	g.points, err = tile.NewPoints(ctx, points, func(i int32) orb.Point { return d.At[i] })
	return g, err
}

func (l *layer) draw(t tile.ID) []byte {
	e := tile.NewEncoder(l.name, l.points.Names)
	l.cells.Draw(e, t)
	tile.DrawPoints(e, l.ground.points, l.points, t)
	return e.Bytes()
}

// compress packs a tile; the same tile gives the same bytes.
func compress(data []byte) ([]byte, error) {
	if len(data) == 0 {
		return []byte{}, nil
	}
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(data); err != nil {
		return nil, err
	}
	err = z.Close()
	return out.Bytes(), err
}

func send(w http.ResponseWriter, r *route.Request, body []byte) error {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	if len(body) == 0 {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	if acceptsGzip(r.Header.Get("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
		h.Set("Content-Length", strconv.Itoa(len(body)))
		route.Send(w, ContentType, body)
		return nil
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return err
	}
	var plain bytes.Buffer
	if _, err := plain.ReadFrom(z); err != nil {
		return err
	}
	route.Send(w, ContentType, plain.Bytes())
	return nil
}

// acceptsGzip reads Accept-Encoding as far as gzip goes.
func acceptsGzip(header string) bool {
	for _, part := range strings.Split(header, ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name = strings.TrimSpace(name); name == "gzip" || name == "*" {
			weight, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(q), "q="), 64)
			return err != nil || weight > 0
		}
	}
	return false
}
