package api_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"lifecircle/api"
	"lifecircle/api/jobs"
	"lifecircle/api/problem"
	"lifecircle/coverage"
	"lifecircle/coverage/advice"
	"lifecircle/coverage/analysis"

	"github.com/paulmach/orb"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// problemOf reads problem details and holds them to RFC 9457.
func problemOf(t *testing.T, w *httptest.ResponseRecorder) problem.Details {
	t.Helper()
	if got := w.Header().Get("Content-Type"); got != problem.ContentType {
		t.Fatalf("status %d, content type %q: %s", w.Code, got, w.Body)
	}
	var d problem.Details
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	if d.Status != w.Code || d.Title == "" || d.Detail == "" || d.Type == "" || d.Code == "" {
		t.Errorf("status %d, problem %+v", w.Code, d)
	}
	return d
}

func TestFaultsAreNamed(t *testing.T) {
	h := serve(town())
	for _, c := range []struct{ target, param, words string }{
		{"/facilities?knd=clinic", "knd", "kind, zone, bbox, limit, offset, lang"},
		{"/facilities?limit=1&limit=2", "limit", "more than once"},
		{"/facilities?kind=", "kind", "no value"},
		{"/facilities?kind=a,,b", "kind", "no value"},
		{"/facilities?limit=0", "limit", "1 to 10000"},
		{"/facilities?limit=10001", "limit", "1 to 10000"},
		{"/facilities?limit=1e3", "limit", "1 to 10000"},
		{"/facilities?offset=-1", "offset", "0 to"},
		{"/facilities?bbox=1,2,3", "bbox", "west,south,east,north"},
		{"/facilities?bbox=1,2,3,NaN", "bbox", "west,south,east,north"},
		{"/facilities?bbox=1,50,3,40", "bbox", "west,south,east,north"},
		{"/facilities?bbox=1,2,3,95", "bbox", "west,south,east,north"},
		{"/facilities?bbox=1,2,300,5", "bbox", "west,south,east,north"},
		{"/facilities?kind=dentist", "kind", "clinic"},
		{"/facilities?zone=nowhere", "zone", "nowhere"},
		{"/zones?level=planet", "level", "town"},
		{"/coverage?standard=x&kind=clinic&within=1km", "standard", "not both"},
		{"/coverage?kind=clinic", "within", "together"},
		{"/coverage?within=1km", "kind", "together"},
		{"/coverage?kind=clinic&within=soon", "within", "15min"},
		{"/coverage?kind=dentist&within=1km", "kind", "dentist"},
		{"/coverage?standard=nothing", "standard", "drawn/clinic"},
		{"/coverage?speed=0", "speed", "0.1 to 300"},
		{"/coverage?speed=Inf", "speed", "0.1 to 300"},
		{"/coverage?detour=0.5", "detour", "1 to 10"},
		{"/coverage?landmass=maybe", "landmass", "on, off"},
		{"/coverage?cell=corner", "cell", "centre, area"},
		{"/coverage?group=kings", "group", "60+"},
		{"/coverage?setting=space", "setting", "urban"},
		{"/coverage?level=planet", "level", "town"},
		{"/gaps?min_people=-1", "min_people", "0 to"},
		{"/at?lat=1", "lon", "missing"},
		{"/at?lon=1", "lat", "missing"},
		{"/at?lon=181&lat=1", "lon", "-180 to 180"},
		{"/tiles/demand/0/0/0?kind=clinic", "kind", "group, lang"},
		{"/tiles/coverage/0/0/0?level=town", "level", "standard"},
		{"/route?kind=clinic", "from", "missing"},
		{"/route?from=10&kind=clinic", "from", "longitude,latitude"},
		{"/route?from=190,0&kind=clinic", "from", "longitude,latitude"},
		{"/route?from=10,0&kind=clinic&within=1km", "within", "from, kind, metres, standard, borders, group, mode"},
		{"/route?from=10,0&kind=clinic&standard=drawn/clinic", "standard", "not both"},
		{"/route?from=10,0&kind=clinic&metres=yes", "metres", "true, false"},
		{"/route?from=10,0&metres=true", "metres", "goes with kind"},
		{"/route?from=10,0&kind=dentist", "kind", "clinic"},
		{"/route?from=10,0&standard=nothing", "standard", "drawn/clinic"},
		{"/route?from=10,0&group=kings", "group", "60+"},
		{"/route?from=10,0&kind=clinic&mode=walk", "mode", "line"},
		{"/route?from=10,0&mode=walk", "mode", "line"},
		{"/route?from=10,0&kind=clinic&boats=off", "boats", ""},
		{"/route?from=10,0&boats=some", "boats", "guaranteed"},
		{"/route?from=10,0&direction=round", "direction", "to, from"},
		{"/isochrone?from=10,0", "within", "missing"},
		{"/isochrone?within=5min", "from", "missing"},
		{"/isochrone?from=10,0&within=soon", "within", "15min"},
		{"/isochrone?from=10,0&within=5min,1km", "within", "all times or all distances"},
		{"/isochrone?from=10,0&within=1m,2m,3m,4m,5m,6m,7m,8m,9m,10m,11m", "within", "at most 10"},
		{"/isochrone?from=10,0&within=5min&bands=1", "bands", "true, false"},
		{"/isochrone?from=10,0&within=5min&kind=clinic", "kind", "from, within, bands, mode"},
		{"/isochrone?from=10,0&within=5min&mode=drive", "mode", "line"},
		{"/isochrone?from=10,0&within=5min&as=walk", "as", ""},
		{"/healthz?x=1", "x", "no parameter"},
		{"/project?lang=fr", "lang", "zh or en"},
	} {
		w := get(t, h, c.target)
		d := problemOf(t, w)
		if w.Code != http.StatusBadRequest && w.Code != http.StatusNotFound || len(d.Params) != 1 || d.Params[0] != c.param || !strings.Contains(d.Detail, c.words) {
			t.Errorf("%s: %+v, want parameter %s and %q", c.target, d, c.param, c.words)
		}
	}
	for _, bad := range []string{"/project?a=%zz", "/project?a;b"} {
		if w := get(t, h, bad); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
}

func TestProblemsInTwoLanguages(t *testing.T) {
	h := serve(town())
	for _, c := range []struct{ target, accept, lang, words string }{
		{"/facilities?q=1", "", "en", "there is no parameter"},
		{"/facilities?q=1", "zh-CN,zh;q=0.9,en;q=0.8", "zh", "没有参数“q”"},
		{"/facilities?q=1&lang=zh", "en", "zh", "没有参数“q”"},
		{"/facilities?q=1&lang=en", "zh", "en", "there is no parameter"},
		{"/facilities?q=1", "fr", "en", "there is no parameter"},
		{"/coverage?kind=clinic&within=soon&lang=zh", "", "zh", "阈值“soon”无法识别"},
		{"/nowhere?lang=zh", "", "zh", "没有这个地址"},
		{"/at?lon=0&lat=0&lang=zh", "", "zh", "没有居民"},
	} {
		w := get(t, h, c.target, "Accept-Language", c.accept)
		if d := problemOf(t, w); !strings.Contains(d.Detail, c.words) || w.Header().Get("Content-Language") != c.lang {
			t.Errorf("%s (%s): %q, language %s", c.target, c.accept, d.Detail, w.Header().Get("Content-Language"))
		}
	}
}

func TestMethods(t *testing.T) {
	h := serve(town())
	for _, path := range []string{"/facilities", "/tiles/demand/0/0/0", "/healthz", "/openapi.json", "/", "/assets/a-1.js"} {
		full := get(t, h, path)
		head := ask(t, h, http.MethodHead, path)
		if head.Code != full.Code || head.Header().Get("Content-Type") != full.Header().Get("Content-Type") || head.Header().Get("ETag") != full.Header().Get("ETag") {
			t.Errorf("HEAD %s: %d %v", path, head.Code, head.Header())
		}
		if w := ask(t, h, http.MethodOptions, path); w.Code != http.StatusNoContent || w.Header().Get("Allow") != "GET, HEAD, OPTIONS" || w.Body.Len() != 0 {
			t.Errorf("OPTIONS %s: %d %v", path, w.Code, w.Header())
		}
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch} {
			w := ask(t, h, method, path)
			if d := problemOf(t, w); d.Status != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD, OPTIONS" {
				t.Errorf("%s %s: %+v", method, path, d)
			}
		}
	}
	for _, path := range []string{"/nowhere", "/tiles/demand/a/b/c", "/tiles/demand/0/0", "/facilities/", "/assets", "/assets/", "/assets/.hidden", "/../x", "/tiles/demand/99999999999999999999/0/0"} {
		w := get(t, h, path)
		if w.Code == http.StatusMovedPermanently {
			continue // cleaned by the router
		}
		if d := problemOf(t, w); d.Status != http.StatusNotFound {
			t.Errorf("%s: %+v", path, d)
		}
	}
}

// A HEAD over the wire carries no body, and a real client reads what we packed.
func TestOverTheWire(t *testing.T) {
	s := httptest.NewServer(serve(town()))
	defer s.Close()
	client := s.Client()
	defer client.CloseIdleConnections()
	r, err := client.Head(s.URL + "/facilities")
	if err != nil {
		t.Fatal(err)
	}
	if body, _ := io.ReadAll(r.Body); r.StatusCode != 200 || len(body) != 0 {
		t.Errorf("HEAD: %d, %d bytes", r.StatusCode, len(body))
	}
	r.Body.Close()
	if r, err = client.Get(s.URL + "/gaps"); err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r.Body)
	r.Body.Close()
	if err != nil || !r.Uncompressed || !json.Valid(body) {
		t.Errorf("packed %v, %v: %.80s", r.Uncompressed, err, body)
	}
}

func TestPacking(t *testing.T) {
	h := serve(town())
	for _, path := range []string{"/demand", "/tiles/demand/14/8647/8192"} {
		plain, packed := get(t, h, path), get(t, h, path, "Accept-Encoding", "gzip")
		if plain.Header().Get("Content-Encoding") != "" || packed.Header().Get("Content-Encoding") != "gzip" {
			t.Fatalf("%s: %v and %v", path, plain.Header(), packed.Header())
		}
		for _, w := range []*httptest.ResponseRecorder{plain, packed} {
			if !strings.Contains(strings.Join(w.Header().Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("%s: Vary %v", path, w.Header().Values("Vary"))
			}
		}
		z, err := gzip.NewReader(packed.Body)
		if err != nil {
			t.Fatal(err)
		}
		if body, err := io.ReadAll(z); err != nil || !bytes.Equal(body, plain.Body.Bytes()) {
			t.Errorf("%s: %v, packed and plain differ", path, err)
		}
	}
	if w := get(t, h, "/tiles/demand/14/8647/8192", "Accept-Encoding", "gzip;q=0, identity"); w.Header().Get("Content-Encoding") != "" {
		t.Error("gzip sent to a client that refuses it")
	}
}

func TestEntityTags(t *testing.T) {
	h := serve(town())
	tags := map[string]string{}
	for _, path := range []string{
		"/project", "/standards", "/facilities", "/facilities?limit=1", "/zones", "/demand", "/coverage", "/coverage?group=60%2B", "/gaps",
		"/circles", "/at?lon=10.0004&lat=-0.0004", "/route?from=10.0004,-0.0004", "/route?from=10.0004,-0.0004&kind=clinic", "/isochrone?from=10.0004,-0.0004&within=1min",
		"/isochrone?from=10.0004,-0.0004&within=1min&mode=line", "/tiles/demand/14/8647/8192", "/tiles/coverage/14/8647/8192", "/tiles/demand/0/0/0", "/openapi.json", "/", "/assets/a-1.js",
	} {
		w := get(t, h, path)
		tag := w.Header().Get("ETag")
		if other, twice := tags[tag]; twice || tag == "" {
			t.Errorf("%s has the tag %s of %q", path, tag, other)
		}
		tags[tag] = path
		for _, have := range []string{tag, `"x", ` + tag, "*", strings.TrimPrefix(tag, "W/")} {
			if again := get(t, h, path, "If-None-Match", have); again.Code != http.StatusNotModified || again.Body.Len() != 0 || again.Header().Get("ETag") != tag {
				t.Errorf("%s with %s: %d, %d bytes", path, have, again.Code, again.Body.Len())
			}
		}
		if again := get(t, h, path, "If-None-Match", `W/"other"`); again.Code != w.Code || again.Body.String() != w.Body.String() {
			t.Errorf("%s: a foreign tag gets %d", path, again.Code)
		}
	}
	// The same data in another process, the same tag; other data, another.
	other := town()
	other.Demand.Pop[0][0]++
	if get(t, serve(town()), "/zones").Header().Get("ETag") != get(t, h, "/zones").Header().Get("ETag") {
		t.Error("equal data, different tags")
	}
	if get(t, serve(other), "/zones").Header().Get("ETag") == get(t, h, "/zones").Header().Get("ETag") {
		t.Error("different data, equal tags")
	}
}

func TestSafeHeaders(t *testing.T) {
	h := serve(town())
	for _, path := range []string{"/", "/project", "/nowhere", "/tiles/demand/0/0/0"} {
		w := get(t, h, path, "Origin", "https://evil.example")
		policy := w.Header().Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'self'", "worker-src 'self' blob:", "img-src 'self' data: blob:", "frame-ancestors 'none'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: no %q in %q", path, part, policy)
			}
		}
		if w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %v", path, w.Header())
		}
	}
}

func TestHosts(t *testing.T) {
	h := handler(fixed{town()}, &api.Engines{}, api.Options{Addr: "192.168.7.7:8080", Log: quiet()})
	for host, want := range map[string]int{
		"localhost": 200, "localhost:8080": 200, "LOCALHOST:1": 200, "127.0.0.1": 200, "127.0.0.1:99": 200, "127.8.8.8": 200, "[::1]:8080": 200, "[::1]": 200,
		"192.168.7.7:8080": 200, "evil.example": 421, "evil.example:8080": 421, "127.0.0.1.evil.example": 421, "localhost.evil.example": 421, "10.0.0.1": 421, "": 421, "192.168.7.8": 421,
	} {
		r := httptest.NewRequest(http.MethodGet, "/healthz", nil)
		r.Host = host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("host %q: %d, want %d", host, w.Code, want)
		}
	}
}

func TestCheckAddr(t *testing.T) {
	for addr, key := range map[string]string{
		"127.0.0.1:8080": "", "localhost:0": "", "[::1]:80": "", "127.1.2.3:65535": "",
		":8080": "api.addr_open", "0.0.0.0:8080": "api.addr_open", "[::]:8080": "api.addr_open", "192.168.1.2:80": "api.addr_open", "example.com:80": "api.addr_open",
		"127.0.0.1": "api.addr", "127.0.0.1:x": "api.addr", "127.0.0.1:99999": "api.addr", "": "api.addr", "::1:80": "api.addr",
	} {
		err := api.CheckAddr(addr)
		var said *coverage.Error
		if key == "" && err != nil || key != "" && (!errors.As(err, &said) || said.Key != key) {
			t.Errorf("%q: %v, want %q", addr, err, key)
		}
	}
	if err := api.CheckAddr("0.0.0.0:1"); !strings.Contains(coverage.Explain(err, "zh"), "拒绝监听 0.0.0.0:1") {
		t.Error(err)
	}
}

func TestLongAddress(t *testing.T) {
	w := get(t, serve(town()), "/facilities?kind="+strings.Repeat("a", 9000))
	if d := problemOf(t, w); d.Status != http.StatusRequestURITooLong {
		t.Errorf("%+v", d)
	}
}

func TestPage(t *testing.T) {
	h := serve(town())
	w := get(t, h, "/?standard=x&any=thing")
	if w.Code != 200 || w.Header().Get("Content-Type") != "text/html; charset=utf-8" || !strings.Contains(w.Body.String(), "<title>map") || w.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	w = get(t, h, "/assets/a-1.js")
	if w.Header().Get("Content-Type") != "text/javascript; charset=utf-8" || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("%v", w.Header())
	}
}

// A project or an engine that fails, panics, or takes too long.
type broken struct {
	err   error
	panic bool
	slow  bool
}

func (b broken) Dataset(context.Context) (*coverage.Dataset, error) {
	if b.panic {
		panic("secret of the program")
	}
	return nil, b.err
}

func (b broken) Options(*coverage.Dataset, analysis.Choice) (coverage.RunOptions, error) {
	if b.panic {
		panic("secret of the program")
	}
	return coverage.RunOptions{}, b.err
}

func (b broken) Route(ctx context.Context, ds *coverage.Dataset, _ orb.Point, _ []string, _ bool, c analysis.Choice) (*analysis.RouteAnswer, error) {
	_, err := b.Run(ctx, ds, c)
	return nil, err
}

func (b broken) Isochrone(ctx context.Context, ds *coverage.Dataset, _ orb.Point, _ []coverage.Threshold, _ bool, c analysis.Choice) (*analysis.IsochroneAnswer, error) {
	_, err := b.Run(ctx, ds, c)
	return nil, err
}

func (b broken) Stand(ctx context.Context, ds *coverage.Dataset, c analysis.Choice) (*analysis.Standing, error) {
	_, err := b.Run(ctx, ds, c)
	return nil, err
}

func (b broken) Remedies(ctx context.Context, ds *coverage.Dataset, c analysis.Choice) (*coverage.Run, error) {
	return b.Run(ctx, ds, c)
}

func (b broken) Sharing(ctx context.Context, ds *coverage.Dataset, c analysis.Choice) (*analysis.SharingAnswer, error) {
	_, err := b.Run(ctx, ds, c)
	return nil, err
}

func (b broken) EngineOf(*coverage.Dataset) jobs.Engine {
	if b.panic {
		panic("secret of the program")
	}
	return brokenEngine{err: b.err}
}

// brokenEngine is that of a job.
type brokenEngine struct {
	*advice.Advisor
	err error
}

func (b brokenEngine) Close(context.Context, analysis.Choice, advice.CloseAsk, advice.SolveOptions) (*advice.SiteAnswer, error) {
	return nil, b.err
}

func (b broken) Run(ctx context.Context, _ *coverage.Dataset, _ analysis.Choice) (*coverage.Run, error) {
	if b.panic {
		panic("secret of the program")
	}
	if b.slow {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return nil, b.err
}

func TestFaultsOfTheProgram(t *testing.T) {
	var log bytes.Buffer
	o := api.Options{Log: slog.New(slog.NewTextHandler(&log, nil))}
	secret := errors.New("open /home/somebody/data: secret of the program")
	for name, h := range map[string]http.Handler{
		"project panics": handler(broken{panic: true}, broken{}, o),
		"project fails":  handler(broken{err: secret}, broken{}, o),
		"engine panics":  handler(fixed{town()}, broken{panic: true}, o),
		"engine fails":   handler(fixed{town()}, broken{err: secret}, o),
	} {
		log.Reset()
		w := get(t, h, "/coverage?lang=zh", "Accept-Encoding", "gzip")
		d := problemOf(t, w)
		if d.Status != 500 || strings.Contains(w.Body.String(), "secret") || strings.Contains(w.Body.String(), "goroutine") || !strings.Contains(d.Detail, "程序出错") {
			t.Errorf("%s: %s", name, w.Body)
		}
		if !strings.Contains(log.String(), "secret of the program") {
			t.Errorf("%s: the log says only %q", name, log.String())
		}
	}
	gone := &coverage.Error{Code: coverage.Unusable, Key: "api.busy"}
	if d := problemOf(t, get(t, handler(broken{err: gone}, broken{}, o), "/project")); d.Status != 422 {
		t.Errorf("%+v", d)
	}
}

func TestTimeout(t *testing.T) {
	h := handler(fixed{town()}, broken{slow: true}, api.Options{TimeoutS: 1, Log: quiet()})
	d := problemOf(t, get(t, h, "/coverage"))
	if d.Status != http.StatusServiceUnavailable || d.Code != "timeout" {
		t.Errorf("%+v", d)
	}
}

func TestBusy(t *testing.T) {
	s := started{begin: make(chan struct{}), end: make(chan struct{})}
	h := handler(fixed{town()}, s, api.Options{TimeoutS: 1, HeavyWork: 1, WaitForRun: time.Millisecond, Log: quiet()})
	done := make(chan struct{})
	go func() { get(t, h, "/coverage?speed=1"); close(done) }()
	<-s.begin
	w := get(t, h, "/coverage?speed=2")
	if d := problemOf(t, w); d.Code != "busy" || d.Status != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("%+v %v", d, w.Header())
	}
	<-done
	<-s.end
}

// started is an engine that says when it starts and when its context ends.
type started struct {
	broken
	begin, end chan struct{}
}

func (s started) Run(ctx context.Context, _ *coverage.Dataset, _ analysis.Choice) (*coverage.Run, error) {
	close(s.begin)
	<-ctx.Done()
	close(s.end)
	return nil, ctx.Err()
}

func TestClientGoesAway(t *testing.T) {
	s := started{begin: make(chan struct{}), end: make(chan struct{})}
	h := handler(fixed{town()}, s, api.Options{Log: quiet()})
	ctx, leave := context.WithCancel(context.Background())
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/coverage", nil)
	r.Host = "localhost"
	w := httptest.NewRecorder()
	done := make(chan struct{})
	go func() { h.ServeHTTP(w, r); close(done) }()
	<-s.begin
	leave()
	<-done
	<-s.end // the run was told to stop
	if w.Body.Len() != 0 {
		t.Errorf("written to nobody: %s", w.Body)
	}
}

func TestServerLimits(t *testing.T) {
	s := api.NewServer(http.NotFoundHandler())
	if s.ReadHeaderTimeout <= 0 || s.ReadTimeout <= 0 || s.WriteTimeout <= 0 || s.IdleTimeout <= 0 || s.MaxHeaderBytes <= 0 {
		t.Errorf("%+v", s)
	}
}
