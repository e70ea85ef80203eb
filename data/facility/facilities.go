package facility

import (
	"fmt"
	"math"
	"path"
	"strings"

	"lifecircle/coverage"
	"lifecircle/coverage/standard"
	"lifecircle/data/ground"
	"lifecircle/data/project"
	"lifecircle/data/source"
	"lifecircle/data/table"
)

// ReadFacilities reads every list of facilities.
func (l *Lists) ReadFacilities() error {
	ids := map[string]coverage.Ref{}
	words := newWordCounts()
	for _, e := range l.Project.Facilities {
		if err := l.facilityFile(e, ids, words); err != nil {
			if err := l.Fail(e.File, err); err != nil {
				return err
			}
		}
	}
	words.report(l.Issues, l.guess)
	if len(l.Project.Facilities) == 0 {
		l.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: l.Name}, Key: "facility.none"})
	}
	return nil
}

func (l *Lists) facilityFile(e project.Facilities, ids map[string]coverage.Ref, words *wordCounts) error {
	open := l.Open
	if e.IsOSM() {
		open = func(project.Source) (*source.Records, error) { return l.OpenOSM(&e) }
	}
	r, err := open(e.Source)
	if err != nil {
		return err
	}
	f := &facilityReader{Lists: l, r: r, entry: e, ids: ids, words: words, own: map[string]int{}}
	if f.placer, err = l.NewPlacer(r, e.X, e.Y, e.XY); err != nil {
		return err
	}
	if err := f.findColumns(); err != nil {
		return err
	}
	if err := r.Each(f.read); err != nil {
		return err
	}
	f.reportUnknownZones()
	f.reportBeyond()
	l.AuditPoints(&f.trail, r)
	l.Source(coverage.Source{Role: "facilities", File: e.File, Layer: r.Layer, CRS: r.CRS.Code(), Rows: r.Rows()})
	if f.kept == 0 && f.skipped == r.Rows() && r.Rows() > 0 {
		l.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: e.File, Sheet: r.Layer}, Key: "facility.all_skipped"})
		return nil
	}
	return l.JudgeShare(e.File, r.Rows(), r.Rows()-f.kept-f.skipped, f.kept)
}

// facilityReader reads one list.
type facilityReader struct {
	*Lists
	r             *source.Records
	entry         project.Facilities
	placer        *ground.Placer
	ids           map[string]coverage.Ref // of all lists
	own           map[string]int          // ids of this list, and their rows
	words         *wordCounts
	kept, skipped int64
	trail         ground.Trail
	beyond        int64            // places of an OpenStreetMap extract in no zone
	stated        int64            // rows that name a zone that is known
	unknown       []coverage.Issue // rows that name one that is not

	id, site, name, kind, tier, capacity, zone, status, opens, closes, mobile, share, delay int
}

func (f *facilityReader) findColumns() error {
	f.kindColumn()
	e := f.entry
	for _, c := range []struct {
		dst        *int
		name, role string
	}{
		{&f.id, e.ID, ""},
		{&f.site, e.Site, ""},
		{&f.name, e.Name, "name"},
		{&f.kind, e.Kind.Column, ""},
		{&f.tier, e.Tier, "tier"},
		{&f.capacity, e.Capacity, "capacity"},
		{&f.zone, e.Zone, "zone"},
		{&f.status, e.Status, "status"},
		{&f.opens, e.Opens, ""},
		{&f.closes, e.Closes, ""},
		{&f.mobile, e.Mobile, ""},
		{&f.share, e.Share, ""},
		{&f.delay, e.Delay, ""},
	} {
		var err error
		if f.r.Vector && c.role != "name" {
			*c.dst, err = f.r.Column(c.name)
		} else {
			*c.dst, err = f.r.ColumnOr(c.name, c.role)
		}
		if err != nil {
			return err
		}
	}
	f.nameByContent()
	f.nameColumns[e.File] = f.r.Name(f.name)
	return nil
}

// kindColumn takes "kind: WORD" for a column of that name, when the list has
// one and no kind is called so.
func (f *facilityReader) kindColumn() {
	k := &f.entry.Kind
	if k.Word != "" && standard.ServiceOf(k.Word) == "" && f.r.Index(k.Word) >= 0 {
		*k = project.Kind{Column: k.Word, Others: project.Keep}
	}
}

// read takes every fault of a row before it gives the row up.
func (f *facilityReader) read(rec *source.Record) error {
	defer f.Pin(f.placer, len(f.Issues.List()))
	kind, tier, use := f.readKind(rec)
	if use == skip {
		f.skipped++
		return nil
	}
	before := f.Issues.Fatal()
	at, ok := f.Place(f.placer, rec)
	f.trail.Add(f.placer, f.Lists.Stated(rec.Cell(f.zone)))
	if !ok && f.Issues.Fatal() == before {
		f.skipped++ // a total or a footnote
		return nil
	}
	if use == faulty {
		f.kindFault(rec)
		ok = false
	}
	fac := coverage.Facility{
		Name: rec.Cell(f.name), Kind: kind, Tier: rec.Cell(f.tier), At: at, Capacity: f.readCapacity(rec, kind), Zone: rec.Cell(f.zone),
		Status: f.readStatus(rec), Opens: rec.Cell(f.opens), Closes: rec.Cell(f.closes), Mobile: truth(rec.Cell(f.mobile)), Share: f.readShare(rec),
		DelayS: f.readDelay(rec), Source: rec.Ref,
	}
	if fac.Tier == "" {
		fac.Tier = tier
	}
	if !ok || !f.identify(&fac, rec) {
		return nil
	}
	f.locate(&fac)
	f.kept++
	f.Dataset.Facilities = append(f.Dataset.Facilities, fac)
	return nil
}

// identify gives a facility its id: the stated one, else one made of file and
// row, which stays while the list grows at its end. An id that another list has
// too gets this list's kind or name with it.
func (f *facilityReader) identify(fac *coverage.Facility, rec *source.Record) bool {
	stem := strings.TrimSuffix(path.Base(f.entry.File), path.Ext(f.entry.File))
	base := rec.Cell(f.id)
	if f.id >= 0 && base == "" {
		f.Issues.Add(coverage.Issue{Ref: rec.Ref, Key: "facility.no_id", Column: f.entry.ID})
	}
	stated := base != ""
	if !stated {
		base = fmt.Sprintf("%s-%d", stem, rec.Ref.Row)
	}
	if row, twice := f.own[base]; twice {
		f.Issues.Add(coverage.Issue{Ref: rec.Ref, Key: "facility.duplicate_id", Column: f.entry.ID, Value: base, Fatal: true, Args: coverage.Args{"first_row": row}})
		return false
	}
	f.own[base] = rec.Ref.Row
	id := base
	for n := 0; ; n++ {
		if _, taken := f.ids[id]; !taken {
			break
		}
		id = [...]string{base + "-" + fac.Kind, stem + "-" + base, stem + "-" + base + "-" + fac.Kind}[min(n, 2)]
		if n > 2 {
			id = fmt.Sprintf("%s-%d", id, n)
		}
	}
	if id != base && stated {
		f.Issues.Add(coverage.Issue{Ref: rec.Ref, Key: "facility.id_changed", Column: f.entry.ID, Value: base, Args: coverage.Args{
			"id": id, "other_file": f.ids[base].File, "other_row": f.ids[base].Row, "other_element": f.ids[base].Element(),
		}})
	}
	f.ids[id] = rec.Ref
	fac.ID = id
	if fac.Site = rec.Cell(f.site); fac.Site == "" {
		fac.Site = base
	}
	return true
}

// readCapacity reads beds or places. What is no number is unknown, and noted;
// a merged cell counts for its first row only.
func (f *facilityReader) readCapacity(rec *source.Record, kind string) float64 {
	if f.capacity < 0 {
		return 0
	}
	v, state := table.Number(rec.Cell(f.capacity))
	issue := coverage.Issue{Ref: rec.Ref, Column: f.r.Name(f.capacity), Value: rec.Cell(f.capacity)}
	switch {
	case state == table.Missing:
		return 0
	case rec.Row.IsSpread(f.capacity):
		issue.Key = "data.merged_number"
	case state == table.Bad:
		issue.Key = "facility.capacity_text"
	case v < 0 || v > 1e6:
		issue.Key = "facility.capacity_absurd"
	default:
		f.checkCapacity(issue, kind, v)
		return v
	}
	f.Issues.Add(issue)
	return 0
}

// maxDelayMin is the longest delay at a facility that is believed.
const maxDelayMin = 1440

// readDelay reads the minutes that pass at the facility, as seconds rounded up.
// What is no number counts as none, and is noted.
func (f *facilityReader) readDelay(rec *source.Record) int32 {
	if f.delay < 0 {
		return 0
	}
	v, state := table.Number(minuteUnits.Replace(strings.ToLower(rec.Cell(f.delay))))
	switch {
	case state == table.Missing:
		return 0
	case state == table.Good && v >= 0 && v <= maxDelayMin:
		return int32(math.Ceil(v * 60))
	}
	f.Issues.Add(coverage.Issue{Ref: rec.Ref, Key: "facility.delay", Column: f.r.Name(f.delay), Value: rec.Cell(f.delay)})
	return 0
}

var minuteUnits = strings.NewReplacer("分钟", "", "minutes", "", "min", "", "分", "")

var statusWords = map[string]string{
	"": "", "open": "open", "开放": "open", "营业": "open", "正常": "open", "在用": "open", "在业": "open", "运营": "open", "正常运营": "open", "开业": "open", "已建": "open", "existing": "open", "operational": "open", "active": "open",
	"planned": "planned", "规划": "planned", "拟建": "planned", "在建": "planned", "筹建": "planned", "未建": "planned", "construction": "planned", "under construction": "planned", "proposed": "planned",
	"closed": "closed", "关闭": "closed", "停业": "closed", "停用": "closed", "撤销": "closed", "注销": "closed", "歇业": "closed", "已关闭": "closed", "disused": "closed", "abandoned": "closed",
}

func (f *facilityReader) readStatus(rec *source.Record) string {
	word := rec.Cell(f.status)
	s, ok := statusWords[strings.ToLower(word)]
	if !ok {
		f.Issues.Add(coverage.Issue{Ref: rec.Ref, Key: "facility.status", Column: f.r.Name(f.status), Value: word})
	}
	return s
}

func truth(s string) bool {
	switch strings.ToLower(s) {
	case "true", "yes", "y", "1", "是", "有":
		return true
	}
	return false
}
