package plan

import (
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/siting"
)

// Settle refuses a question that does not say how many sites, and names the model
// where it was left out: LSCP with a target, else MCLP.
func (q *Question) Settle() error {
	asked := 0
	for _, given := range []bool{q.P > 0, q.Target > 0, q.Budget > 0} {
		if given {
			asked++
		}
	}
	switch {
	case asked == 0 || q.Target > 0 && asked > 1:
		return invalid("site.how_many", nil)
	case !(q.Target >= 0 && q.Target <= 1) || q.P < 0 || !(q.Budget >= 0):
		return invalid("site.how_many", nil)
	case q.MinSites > 0 && q.MinShare > 0:
		return invalid("site.zones", nil)
	}
	if q.Model == "" {
		if q.Model = siting.MCLP; q.Target > 0 {
			q.Model = siting.LSCP
		}
	}
	if (q.Model == siting.LSCP) != (q.Target > 0) {
		return invalid("site.model", coverage.Args{"value": string(q.Model)})
	}
	if len(q.Candidates) == 0 {
		return invalid("site.no_candidates", nil)
	}
	return nil
}

// Named finds candidates by id. The error is NotFound.
func Named(list []Candidate, ids []string) ([]int32, error) {
	var out []int32
	for _, id := range ids {
		i := slices.IndexFunc(list, func(c Candidate) bool { return c.ID == id })
		if i < 0 {
			return nil, &coverage.Error{Code: coverage.NotFound, Key: "site.candidate", Args: coverage.Args{"id": id}}
		}
		out = append(out, int32(i))
	}
	return out, nil
}

func invalid(key string, args coverage.Args) error {
	return &coverage.Error{Code: coverage.Invalid, Key: key, Args: args}
}
