package siting

import "lifecircle/coverage"

// Together makes one MCLP or LSCP question of several services that are housed in
// the same buildings: every part has the same sites, and demands and a threshold
// of its own (babies within 10 minutes of a clinic, the old within 15 of a
// canteen). A site opens for all services at once; a demand of part k is number
// first[k] + its own. What a site reaches stands at distance 0, and nothing else
// stands, so that the threshold is 0. Model, P, Fixed, Forbidden, Costs and the
// conditions over sites are those of the first part; capacities and zones of
// demands are left out, and a part may weigh its people (80 and older: twice)
// through its Weights.
func Together(parts ...*Instance) (in *Instance, first []int, err error) {
	if len(parts) == 0 {
		return nil, nil, invalid("siting.no_sites", nil)
	}
	one := *parts[0]
	in = &one
	in.Threshold, in.Weights, in.Distances = 0, nil, Distances{First: []int64{0}}
	in.Capacity, in.Zones.Demand, in.Zones.MinShare = nil, nil, 0
	for _, p := range parts {
		if err := p.Validate(); err != nil {
			return nil, nil, err
		}
		if p.Sites() != parts[0].Sites() {
			return nil, nil, invalid("siting.together", coverage.Args{"value": p.Sites(), "sites": parts[0].Sites()})
		}
		first = append(first, len(in.Weights))
		in.Weights = append(in.Weights, p.Weights...)
	}
	for i := range parts[0].Sites() {
		for k, p := range parts {
			d := &p.Distances
			for at := d.First[i]; at < d.First[i+1]; at++ {
				if d.Value[at] <= p.Threshold {
					in.Distances.Demand = append(in.Distances.Demand, uint32(first[k])+d.Demand[at])
					in.Distances.Value = append(in.Distances.Value, 0)
				}
			}
		}
		in.Distances.First = append(in.Distances.First, int64(len(in.Distances.Demand)))
	}
	return in, first, in.Validate()
}
