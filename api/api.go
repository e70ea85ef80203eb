package api

import (
	"cmp"
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
	"lifecircle/api/jobs"
	"lifecircle/api/openapi"
	"lifecircle/api/problem"
	"lifecircle/api/query"
	"lifecircle/api/reach"
	"lifecircle/api/route"
	"lifecircle/api/snapshot"
	"lifecircle/api/tiles"
	"lifecircle/api/whatif"
	"lifecircle/coverage"
	"lifecircle/coverage/advice"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/remedy"

	"github.com/gorilla/mux"
	"github.com/klauspost/compress/gzhttp"
	"github.com/paulmach/orb"
)

// Project gives the dataset of the present: the same pointer as long as the data
// are the same.
type Project = snapshot.Project

// Analyst answers choices and questions about sites on a dataset; see [Engines].
type Analyst interface {
	snapshot.Analyst
	jobs.Planner
}

// Options are the settings of the service. The zero value is ready to use.
type Options struct {
	Version    string        // of the program, shown and part of entity tags
	Addr       string        // address listened on; requests may also name it as their host
	Log        *slog.Logger  // nil: slog.Default()
	TimeoutS   int           // seconds that an answer may take; 0 is 60
	HeavyWork  int           // runs computed at once; 0 is half of the processors, at least 1
	WaitForRun time.Duration // how long a request waits for its turn to compute a run; 0 is 30 s
	Jobs       int           // jobs kept; 0 is 32
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
	if o.Jobs <= 0 {
		o.Jobs = 32
	}
	return o
}

// Service is the handler, and what goes on behind it until it is closed.
type Service struct {
	http.Handler
	jobs *jobs.List
	end  context.CancelFunc
}

// Close ends all that goes on without a request, and waits for the jobs. It may be
// called more than once; the error is nil.
func (s *Service) Close() error {
	s.end()
	s.jobs.Close()
	return nil
}

// New makes the handler of the service. page holds the files of the map page,
// index.html at its root; nil serves no page. The error is one
// of the compression's settings.
func New(project Project, analyst Analyst, page fs.FS, o Options) (*Service, error) {
	o = o.complete()
	pack, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.CompressionLevel(1))
	if err != nil {
		return nil, err
	}
	life, end := context.WithCancel(context.Background())
	s := &service{options: o, jobs: jobs.New(life, analyst, o.Jobs, o.Log)}
	s.source = snapshot.NewSource(life, project, analyst, o.Version, cache.NewGate(o.HeavyWork, o.WaitForRun), cache.NewGate(o.HeavyWork, o.WaitForRun))
	r := s.router()
	if page != nil {
		files := &pages{files: page, tags: map[string]string{}}
		r.PathPrefix("/").Handler(s.path(methods{http.MethodGet: files.serve}))
	}
	return &Service{s.shield(pack(s.rescued(r))), s.jobs, end}, nil
}

type service struct {
	options Options
	source  *snapshot.Source
	jobs    *jobs.List
}

// router has every route but the page.
func (s *service) router() *mux.Router {
	r := mux.NewRouter()
	r.NotFoundHandler = s.plain(notFound)
	var paths []string
	at := map[string]methods{}
	for _, one := range s.routes() {
		if at[one.Path] == nil {
			paths, at[one.Path] = append(paths, one.Path), methods{}
		}
		at[one.Path][cmp.Or(one.Method, http.MethodGet)] = s.answer(one)
	}
	for _, path := range paths {
		r.Handle(path, s.path(at[path]))
	}
	r.Handle("/healthz", s.path(methods{http.MethodGet: s.health}))
	r.Handle("/openapi.json", s.path(methods{http.MethodGet: describe}))
	return r
}

// routes lists every route that answers from the data.
func (s *service) routes() []route.Route {
	return slices.Concat(about.Routes(), features.Routes(), reach.Routes(), tiles.New().Routes(), whatif.Routes(), s.jobs.Routes())
}

// answer runs a route: known parameters, a snapshot, a limit of time.
func (s *service) answer(one route.Route) handler {
	known := route.With(one.Params, []string{"lang"})
	return func(w http.ResponseWriter, r *http.Request) error {
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
	}
}

// plain turns a handler with an error into one that answers with problems.
func (s *service) plain(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
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

// Stand answers a choice for changes to be held against.
func (e *Engines) Stand(ctx context.Context, ds *coverage.Dataset, c analysis.Choice) (*analysis.Standing, error) {
	return e.of(ds).Stand(ctx, c, nil)
}

// Remedies answers a choice and names what would close its gaps.
func (e *Engines) Remedies(ctx context.Context, ds *coverage.Dataset, c analysis.Choice) (*coverage.Run, error) {
	return e.of(ds).Remedies(ctx, c, remedy.Options{}, nil)
}

// Sharing answers a choice with its borders kept, as the data share, and without.
func (e *Engines) Sharing(ctx context.Context, ds *coverage.Dataset, c analysis.Choice) (*analysis.SharingAnswer, error) {
	return e.of(ds).Sharing(ctx, c, nil)
}

// EngineOf is an engine of its own for a job, which shares the ways to travel: a
// job asks many choices, and would push out what requests ask again.
func (e *Engines) EngineOf(ds *coverage.Dataset) jobs.Engine {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.engine == nil {
		return advice.On(analysis.New(ds, e.Version))
	}
	return advice.On(e.engine.For(ds))
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
