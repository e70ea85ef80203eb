package query

import (
	"math"
	"slices"
	"strings"
	"testing"

	"lifecircle/coverage"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

var everything = slices.Concat([]string{"lang", "zone", "min_people", "from", "metres", "bands"}, ChoiceParams, ListParams)

func TestBoxes(t *testing.T) {
	b := func(w, s, e, n float64) orb.Bound { return orb.Bound{Min: orb.Point{w, s}, Max: orb.Point{e, n}} }
	for text, want := range map[string][]orb.Bound{
		"1,2,3,4":          {b(1, 2, 3, 4)},
		" -1 , -2 ,3 ,4":   {b(-1, -2, 3, 4)},
		"170,-20,-170,-10": {b(170, -20, 180, -10), b(-180, -20, -170, -10)},
		"5,5,5,5":          {b(5, 5, 5, 5)},
		"-180,-90,180,90":  {b(-180, -90, 180, 90)},
		"1,2,3":            nil, "1,2,3,4,5,6": nil, "": nil, "a,b,c,d": nil, "1,4,3,2": nil, "1,2,3,NaN": nil, "Inf,0,1,1": nil, "-181,0,1,1": nil,
	} {
		got, ok := parseBoxes(text)
		if ok != (want != nil) {
			t.Errorf("%q: %v", text, ok)
		}
		if d := cmp.Diff(want, got); ok && d != "" {
			t.Errorf("%q\n%s", text, d)
		}
	}
}

func TestTouchesAcrossAntimeridian(t *testing.T) {
	v, err := Parse("bbox=170,-20,-170,-10", ListParams)
	if err != nil {
		t.Fatal(err)
	}
	p, err := v.Page()
	if err != nil {
		t.Fatal(err)
	}
	for lon, want := range map[float64]bool{175: true, -175: true, 180: true, -180: true, 0: false, 165: false, -165: false} {
		if p.Touches(orb.Point{lon, -15}.Bound()) != want {
			t.Errorf("longitude %v: %v", lon, !want)
		}
	}
}

// Equal questions have equal keys, different ones different keys.
func TestKeys(t *testing.T) {
	seen := map[string]string{}
	for _, q := range []string{
		"", "standard=a", "standard=b", "kind=a&within=15min", "kind=a,b&within=15min", "kind=a&within=900m", "standard=a&speed=4", "standard=a&detour=4",
		"standard=a&landmass=on", "standard=a&landmass=off", "standard=a&cell=area",
		"standard=a&mode=walk", "standard=a&mode=mixed", "standard=a&mode=mixed&as=walk", "standard=a&direction=from", "standard=a&boats=off",
		"standard=a&borders=town", "standard=a&borders=county",
	} {
		v, err := Parse(q, everything)
		if err != nil {
			t.Fatal(err)
		}
		c, err := v.Choice()
		if err != nil {
			t.Fatal(err)
		}
		if other, twice := seen[c.Key()]; twice {
			t.Errorf("%q and %q have one key", q, other)
		}
		seen[c.Key()] = q
		c.Group = "60+"
		if seen[c.Key()] != q {
			t.Errorf("%q: the group shown is in the key", q)
		}
	}
	a, _ := Parse("kind=a&within=15min", everything)
	b, _ := Parse("within=900s&kind=a", everything)
	ca, _ := a.Choice()
	cb, _ := b.Choice()
	if ca.Key() != cb.Key() {
		t.Error("15min and 900s are different questions")
	}
}

// Whatever is asked, it is refused or it is in range.
func FuzzQuery(f *testing.F) {
	for _, seed := range []string{
		"", "bbox=1,2,3,4&limit=5&offset=6", "bbox=170,-20,-170,-10", "kind=a,b&within=15min&speed=4.5&detour=1.3&landmass=off&cell=area&group=60%2B",
		"standard=x/y&min_people=1e3", "limit=1&limit=2", "a=%zz", "a;b", "limit=9223372036854775808", "bbox=NaN,NaN,NaN,NaN", "kind=,&within=1m", "lang=zh", "speed=Inf", "within=1e99h&kind=a",
		"from=10.5,-0.25&within=5min,10min,1h&bands=true", "from=180,90&metres=maybe", "from=NaN,0", "from=1", "within=1m,2m,3m,4m,5m,6m,7m,8m,9m,10m,11m", "within=,",
		"mode=drive&as=walk&direction=from&boats=guaranteed",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		v, err := Parse(raw, everything)
		if err != nil {
			return
		}
		if err := v.CheckLang(); err == nil && v.Get("lang") != "" && v.Get("lang") != "zh" && v.Get("lang") != "en" {
			t.Errorf("language %q", v.Get("lang"))
		}
		if p, err := v.Page(); err == nil {
			if p.Limit < 1 || p.Limit > MaxLimit || p.Offset < 0 {
				t.Errorf("page %+v", p)
			}
			for _, b := range p.Boxes {
				if !(b.Min[0] >= -180 && b.Max[0] <= 180 && b.Min[1] >= -90 && b.Max[1] <= 90 && b.Min[0] <= b.Max[0] && b.Min[1] <= b.Max[1]) {
					t.Errorf("box %v", b)
				}
			}
		}
		if c, err := v.Choice(); err == nil {
			checkChoice(t, c)
		}
		checkPlace(t, v)
	})
}

func checkPlace(t *testing.T, v Values) {
	if p, err := v.Place("from"); err == nil && !(math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90) {
		t.Errorf("place %v", p)
	}
	list, err := v.Thresholds("within")
	if err == nil && (len(list) == 0 || len(list) > MaxThresholds || slices.Contains(list, coverage.Threshold{})) {
		t.Errorf("thresholds %v", list)
	}
	if _, err := v.Bool("metres"); err == nil && !slices.Contains([]string{"", "true", "false"}, v.Get("metres")) {
		t.Errorf("metres %q", v.Get("metres"))
	}
}

func TestPlacesAndThresholds(t *testing.T) {
	for raw, want := range map[string]orb.Point{
		"from=10.5,-0.25": {10.5, -0.25}, "from=+-180+,+90": {-180, 90}, "from=1e1,2": {10, 2},
	} {
		v, err := Parse(raw, everything)
		if err != nil {
			t.Fatal(err)
		}
		if p, err := v.Place("from"); err != nil || p != want {
			t.Errorf("%s: %v %v", raw, p, err)
		}
	}
	for _, raw := range []string{"", "from=1", "from=1,2,3", "from=a,b", "from=181,0", "from=0,90.1", "from=NaN,0", "from=0,Inf"} {
		v, err := Parse(raw, everything)
		if err != nil {
			t.Fatal(err)
		}
		if p, err := v.Place("from"); err == nil {
			t.Errorf("%s: %v", raw, p)
		}
	}
	for raw, want := range map[string]int{
		"within=5min": 1, "within=5min,10min,1h": 3, "within=1m,2m,3m,4m,5m,6m,7m,8m,9m,10m": 10,
		"": 0, "within=1m,2m,3m,4m,5m,6m,7m,8m,9m,10m,11m": 0, "within=5min,": 0, "within=soon": 0, "within=5min,0min": 0,
	} {
		v, err := Parse(raw, everything)
		if err != nil {
			t.Fatal(err)
		}
		list, err := v.Thresholds("within")
		if len(list) != want || (err == nil) != (want > 0) {
			t.Errorf("%s: %v %v", raw, list, err)
		}
		if err != nil && strings.TrimSpace(err.Error()) == "" {
			t.Errorf("%s: refused without a word", raw)
		}
	}
}

func checkChoice(t *testing.T, c Choice) {
	if math.IsNaN(c.SpeedKMH+c.Detour) || c.SpeedKMH < 0 || c.SpeedKMH > 300 || c.Detour < 0 || c.Detour > 10 {
		t.Errorf("choice %+v", c)
	}
	if c.AdHoc != nil && (len(c.AdHoc.Kinds) == 0 || c.AdHoc.Within == (coverage.Threshold{}) || c.Standard != "") {
		t.Errorf("choice %+v", c)
	}
	if c.Key() == "" {
		t.Error("no key")
	}
}
