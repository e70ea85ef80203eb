package api

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"time"

	"lifecircle/api/about"
	"lifecircle/api/cache"
	"lifecircle/api/features"
	"lifecircle/api/openapi"
	"lifecircle/api/problem"
	"lifecircle/api/query"
	"lifecircle/api/reach"
	"lifecircle/api/route"
	"lifecircle/api/snapshot"
	"lifecircle/api/tiles"
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"

	"github.com/gorilla/mux"
	"github.com/klauspost/compress/gzhttp"
	"github.com/paulmach/orb"
)

// Project gives the dataset of the present: the same pointer as long as the data
// are the same.
type Project = snapshot.Project

// Analyst answers a choice on a dataset; see [Engines].
type Analyst = snapshot.Analyst

// Options are the settings of the service. The zero value is ready to use.
type Options struct {
	Version    string        // of the program, shown and part of entity tags
	Addr       string        // address listened on; requests may also name it as their host
	Log        *slog.Logger  // nil: slog.Default()
	TimeoutS   int           // seconds that an answer may take; 0 is 60
	HeavyWork  int           // runs computed at once; 0 is half of the processors, at least 1
	WaitForRun time.Duration // how long a request waits for its turn to compute a run; 0 is 30 s
}

func (o Options) complete() Options {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.TimeoutS <= 0 {
		o.TimeoutS = 60
	}
	if o.HeavyWork <= 0 {
		o.HeavyWork = max(1, runtime.GOMAXPROCS(0)/2)
	}
	if o.WaitForRun <= 0 {
		o.WaitForRun = 30 * time.Second
	}
	return o
}

// New makes the handler of the service. page holds the files of the map page,
// index.html at its root; nil serves no page. The error is one
// of the compression's settings.
func New(project Project, analyst Analyst, page fs.FS, o Options) (http.Handler, error) {
	o = o.complete()
	s := &service{options: o, source: snapshot.NewSource(project, analyst, o.Version, cache.NewGate(o.HeavyWork, o.WaitForRun))}
	r := s.router()
	if page != nil {
		files := &pages{files: page, tags: map[string]string{}}
		r.PathPrefix("/").Handler(s.plain(files.serve)).Methods(http.MethodGet, http.MethodHead, http.MethodOptions)
	}
	pack, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.CompressionLevel(1))
	if err != nil {
		return nil, err
	}
	return s.shield(pack(s.rescued(r))), nil
}

type service struct {
	options Options
	source  *snapshot.Source
}

// router has every route but the page.
func (s *service) router() *mux.Router {
	r := mux.NewRouter()
	r.NotFoundHandler = s.plain(notFound)
	r.MethodNotAllowedHandler = s.plain(notAllowed)
	for _, one := range routes() {
		r.Handle(one.Path, s.answer(one)).Methods(http.MethodGet, http.MethodHead, http.MethodOptions)
	}
	r.Handle("/healthz", s.plain(s.health)).Methods(http.MethodGet, http.MethodHead, http.MethodOptions)
	r.Handle("/openapi.json", s.plain(describe)).Methods(http.MethodGet, http.MethodHead, http.MethodOptions)
	return r
}

// routes lists every route that answers from the data.
func routes() []route.Route {
	return slices.Concat(about.Routes(), features.Routes(), reach.Routes(), tiles.New().Routes())
}

// answer runs a route: known parameters, a snapshot, a limit of time.
func (s *service) answer(one route.Route) http.Handler {
	known := route.With(one.Params, []string{"lang"})
	return s.plain(func(w http.ResponseWriter, r *http.Request) error {
		values, err := query.Parse(r.URL.RawQuery, known)
		if err != nil {
			return err
		}
		if err := values.CheckLang(); err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(r.Context(), time.Duration(s.options.TimeoutS)*time.Second)
		defer cancel()
		data, err := s.source.Current(ctx)
		if err != nil {
			return err
		}
		return one.Handle(w, &route.Request{Request: r.WithContext(ctx), Query: values, Data: data})
	})
}

// plain turns a handler with an error into one that answers with problems.
func (s *service) plain(h func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodOptions {
			w.Header().Set("Allow", allowed)
			w.WriteHeader(http.StatusNoContent)
			return
		}
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

func (s *service) fail(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil {
		return // the client has gone; there is nobody to tell
	}
	lang := query.Lang(r)
	if problem.Of(err, lang).Status == http.StatusInternalServerError {
		s.options.Log.Error("request failed", "method", r.Method, "path", r.URL.Path, "query", r.URL.RawQuery, "error", err)
	}
	problem.Write(w, err, lang)
}

func notFound(_ http.ResponseWriter, r *http.Request) error {
	return problem.New(http.StatusNotFound, coverage.NotFound, "api.path", coverage.Args{"path": r.URL.Path})
}

const allowed = "GET, HEAD, OPTIONS"

func notAllowed(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Allow", allowed)
	return problem.New(http.StatusMethodNotAllowed, coverage.Invalid, "api.method", coverage.Args{"method": r.Method})
}

func (s *service) health(w http.ResponseWriter, r *http.Request) error {
	if _, err := query.Parse(r.URL.RawQuery, nil); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return route.JSON(w, map[string]string{"status": "ok", "version": s.options.Version})
}

func describe(w http.ResponseWriter, r *http.Request) error {
	if _, err := query.Parse(r.URL.RawQuery, nil); err != nil {
		return err
	}
	if !route.FreshTag(w, r, openapi.Tag()) {
		route.Send(w, "application/json", openapi.JSON())
	}
	return nil
}

// Engines is the [Analyst] of the program: it runs package analysis and keeps the
// engine of the dataset asked last. The zero value has no version.
type Engines struct {
	Version string // of the program
	mu      sync.Mutex
	ds      *coverage.Dataset
	engine  *analysis.Engine
}

// Options is the choice as a run would be made with it.
func (e *Engines) Options(ds *coverage.Dataset, c analysis.Choice) (coverage.RunOptions, error) {
	return e.of(ds).Options(c)
}

// Run answers a choice.
func (e *Engines) Run(ctx context.Context, ds *coverage.Dataset, c analysis.Choice) (*coverage.Run, error) {
	return e.of(ds).Run(ctx, c, nil)
}

// Route finds the way from a place to its nearest facility.
func (e *Engines) Route(ctx context.Context, ds *coverage.Dataset, at orb.Point, kinds []string, metres bool, c analysis.Choice) (*analysis.RouteAnswer, error) {
	return e.of(ds).Route(ctx, at, kinds, metres, c)
}

// Isochrone draws what is reached from a place.
func (e *Engines) Isochrone(ctx context.Context, ds *coverage.Dataset, from orb.Point, within []coverage.Threshold, bands bool, c analysis.Choice) (*analysis.IsochroneAnswer, error) {
	return e.of(ds).Isochrone(ctx, from, within, bands, c)
}

// of returns the engine of a dataset, which shares the ways to travel with the
// one before where roads, ground and land are the same. Questions about a part of
// a dataset (which has no zones) do not push the engine of the whole out.
func (e *Engines) of(ds *coverage.Dataset) *analysis.Engine {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.ds == ds {
		return e.engine
	}
	if e.engine == nil {
		e.ds, e.engine = ds, analysis.New(ds, e.Version)
		return e.engine
	}
	engine := e.engine.For(ds)
	if ds.Zones != nil {
		e.ds, e.engine = ds, engine
	}
	return engine
}
