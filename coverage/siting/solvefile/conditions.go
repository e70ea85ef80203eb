package solvefile

import (
	"lifecircle/coverage"
	"lifecircle/coverage/siting"
)

// conditions brings the optional keys into the instance.
func (f *file) conditions(in *siting.Instance) error {
	in.Costs, in.Capacity = f.Costs, f.Capacity
	for _, x := range []struct {
		name string
		from *float64
		into *float64
	}{{"budget", f.Budget, &in.Budget}, {"target", f.Target, &in.Target}, {"within", f.Within, &in.Within}} {
		if x.from == nil {
			continue
		}
		// 0 would be no condition, which is not what was written.
		if *x.from <= 0 {
			return invalid("siting.amount", coverage.Args{"condition": x.name, "value": *x.from})
		}
		*x.into = *x.from
	}
	if f.Backup {
		in.Cover = 2
	}
	for _, set := range f.Exclusive {
		in.Exclusive = append(in.Exclusive, set)
	}
	for at, pair := range f.Apart {
		if len(pair) != 2 {
			return invalid("siting.pair", coverage.Args{"at": at, "value": len(pair)})
		}
		in.Apart = append(in.Apart, [2]int32(pair))
	}
	if z := f.Zones; z != nil {
		in.Zones = siting.Zones{Site: z.Site, Demand: z.Demand, MinSites: z.MinSites, MinShare: z.MinShare}
	}
	return f.separation(in)
}

// separation turns a least distance between sites into pairs apart.
func (f *file) separation(in *siting.Instance) error {
	if (f.MinSeparation == nil) != (f.SiteDistances == nil) {
		return invalid("siting.separation", nil)
	}
	if f.MinSeparation == nil {
		return nil
	}
	n := in.Sites()
	for i := range n {
		if len(f.SiteDistances) != n || len(f.SiteDistances[i]) != n {
			return invalid("siting.site_distances", coverage.Args{"sites": n})
		}
	}
	d := f.SiteDistances
	in.Apart = append(in.Apart, siting.Separation(n, *f.MinSeparation, func(a, b int) float64 { return min(d[a][b], d[b][a]) })...)
	return nil
}
