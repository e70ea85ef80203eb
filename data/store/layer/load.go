package layer

import (
	"context"
	"fmt"
	"math"

	"lifecircle/coverage"
	"lifecircle/data/store"
	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

// Load reads a dataset. A layer that was changed since it was saved adds a
// source to the dataset ([store.Edits]). The result has passed [store.Check].
// Errors: Unusable for what a user has broken, naming the feature, or the store
// and the part of the transport; Unsupported for another [Format].
func Load(ctx context.Context, src Source, p coverage.Progress) (*coverage.Dataset, error) {
	l := loader{ctx: ctx, src: src, p: p, ds: &coverage.Dataset{}, zoneIndex: map[string]int32{}, saved: map[string]string{}}
	steps := []func() error{l.project, l.standards, l.packs, l.sources, l.land, l.zones, l.facilities, l.demand, l.transport}
	for n, step := range steps {
		p.Report("progress.load", int64(n), int64(len(steps)))
		if err := step(); err != nil {
			return nil, err
		}
	}
	if err := store.Check(l.ds); err != nil {
		return nil, err
	}
	edits, err := store.Edits(l.ds, l.saved)
	l.ds.Sources = append(l.ds.Sources, edits...)
	p.Report("progress.load", int64(len(steps)), int64(len(steps)))
	return l.ds, err
}

type loader struct {
	ctx       context.Context
	src       Source
	p         coverage.Progress
	ds        *coverage.Dataset
	format    string
	spec      *demandSpec
	pieces    int // of the transport
	zoneIndex map[string]int32
	saved     map[string]string // SHA-256 by layer
	landIndex *zonal.Index      // made when a facility needs it
}

// each calls take for every row of a table.
func (l *loader) each(table Layer, take func(*reader)) error {
	r := reader{layer: table, columns: table.Columns}
	done := 0
	return l.src.Rows(l.ctx, table, func(rec Record) error {
		if done++; done%4096 == 0 && l.ctx.Err() != nil {
			return l.ctx.Err()
		}
		r.rec = rec
		take(&r)
		return r.err
	})
}

func (l *loader) project() error {
	var words texts
	var prints []store.Print
	err := l.each(Layer{Name: ProjectTable, Columns: projectColumns}, func(r *reader) {
		switch r.text(0) {
		case "format":
			l.format = r.text(1)
		case "texts":
			r.json(1, &words)
		case "demand":
			r.json(1, &l.spec)
		case "pieces":
			r.json(1, &l.pieces)
		case "saved":
			r.json(1, &prints)
		}
	})
	if err != nil {
		return err
	}
	if l.format != Format && l.format != firstFormat {
		return &coverage.Error{Code: coverage.Unsupported, Key: "store.version", Args: coverage.Args{
			"store": l.src.Name(), "version": l.format, "known": Format,
		}}
	}
	l.ds.Name, l.ds.Note, l.ds.Credit = words.Name, words.Note, words.Credit
	for _, p := range prints {
		l.saved[p.Layer] = p.SHA256
	}
	return nil
}

func (l *loader) standards() error {
	return l.each(Layer{Name: "standards", Columns: standardColumns}, func(r *reader) {
		var s coverage.Standard
		r.json(len(standardColumns)-1, &s)
		l.ds.Standards = append(l.ds.Standards, s)
	})
}

func (l *loader) packs() error {
	return l.each(Layer{Name: "packs", Columns: packColumns}, func(r *reader) {
		l.ds.Packs = append(l.ds.Packs, coverage.Pack{ID: r.text(0), YAML: r.text(1)})
	})
}

func (l *loader) sources() error {
	return l.each(Layer{Name: "sources", Columns: sourceColumns}, func(r *reader) {
		l.ds.Sources = append(l.ds.Sources, coverage.Source{
			Role: r.text(0), File: r.text(1), Layer: r.text(2), CRS: r.text(3), SHA256: r.text(4),
			Rows: r.whole(5, math.MinInt64, math.MaxInt64, 0),
		})
	})
}

func (l *loader) land() error {
	return l.each(Layer{Name: "land", Geometry: "MULTIPOLYGON"}, func(r *reader) {
		l.ds.Land = append(l.ds.Land, coverage.Land{Geometry: r.polygons()})
	})
}

func (l *loader) zones() error {
	return l.each(Layer{Name: "zones", Geometry: "MULTIPOLYGON", Columns: zoneColumns}, func(r *reader) {
		z := coverage.Zone{ID: r.text(0), Name: r.text(1), Level: r.text(2), Setting: r.setting(4), Geometry: r.polygons()}
		z.Parent = l.zone(r, 3)
		l.zoneIndex[z.ID] = int32(len(l.ds.Zones))
		l.ds.Zones = append(l.ds.Zones, z)
	})
}

// zone reads the id of a zone that was read before; unknown is -1.
func (l *loader) zone(r *reader, i int) int32 {
	id := r.text(i)
	if id == "" {
		return -1
	}
	z, ok := l.zoneIndex[id]
	if !ok && r.err == nil {
		r.err = &coverage.Error{Code: coverage.Unusable, Key: "store.parent", Args: coverage.Args{
			"layer": r.layer.Name, "fid": r.rec.FID, "value": id,
		}}
	}
	return z
}

func (l *loader) facilities() error {
	columns := facilityColumns
	if l.format == firstFormat {
		columns = firstFacilityColumns
	}
	return l.each(Layer{Name: "facilities", Geometry: "POINT", Columns: columns}, func(r *reader) {
		f := coverage.Facility{
			ID: r.text(0), Site: r.text(1), Name: r.text(2), Kind: r.text(3), Tier: r.text(4), At: r.point(), Capacity: r.number(5),
			Zone: r.text(6), Status: r.text(7), Opens: r.text(8), Closes: r.text(9), Mobile: r.flag(10), Share: r.text(11),
			Source: coverage.Ref{File: r.text(13), Sheet: r.text(14), Row: int(r.whole(15, math.MinInt, math.MaxInt, 0))},
		}
		if l.format != firstFormat {
			f.DelayS = int32(r.whole(16, 0, math.MaxInt32, 0))
		}
		if f.ID == "" { // drawn in a GIS
			f.ID = fmt.Sprintf("new-%d", r.rec.FID)
		}
		if f.Landmass = r.index(12, len(l.ds.Land)); r.rec.Values[12] == nil {
			f.Landmass = l.landmass(f.At)
		}
		l.ds.Facilities = append(l.ds.Facilities, f)
	})
}

// snapM is how far off the land a facility still belongs to it, in metres: the
// default of a project file, which the dataset does not keep.
const snapM = 1000

// landmass finds the landmass that holds at, else the nearest within snapM, -1
// when there is none, as an import does. It is for the few points that were
// drawn or moved in a GIS.
func (l *loader) landmass(at orb.Point) int32 {
	if l.landIndex == nil {
		shapes := make([]orb.MultiPolygon, len(l.ds.Land))
		for i := range l.ds.Land {
			shapes[i] = l.ds.Land[i].Geometry
		}
		l.landIndex = zonal.New(shapes)
	}
	if i := l.landIndex.Find(at); i >= 0 {
		return i
	}
	i, _ := l.landIndex.Nearest(at, snapM)
	return i
}

func (l *loader) demand() error {
	if l.spec == nil {
		return nil
	}
	d := &coverage.DemandSet{Grid: l.spec.Grid, Groups: l.spec.Groups, Pop: make([][]float32, len(l.spec.Groups))}
	l.ds.Demand = d
	cells := d.Grid.Cells()
	return l.each(Layer{Name: "demand", Geometry: "POINT", Columns: withGroups(d.Groups)}, func(r *reader) {
		d.At = append(d.At, r.point())
		d.Cell = append(d.Cell, int32(r.whole(0, 0, min(cells-1, math.MaxInt32), -1)))
		d.Zone = append(d.Zone, l.zone(r, 1))
		d.Landmass = append(d.Landmass, r.index(2, len(l.ds.Land)))
		d.Setting = append(d.Setting, r.setting(3))
		for g := range d.Pop {
			d.Pop[g] = append(d.Pop[g], float32(r.number(len(demandColumns)+g)))
		}
	})
}
