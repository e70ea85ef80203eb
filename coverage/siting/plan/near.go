package plan

import (
	"context"

	"lifecircle/coverage/siting"
)

// Near are other choices of candidates that are nearly as good as the answer.
type Near struct {
	Within  float64     `json:"within"`  // share of the answer's value
	Answers []NearSites `json:"answers"` // each leaves out a site of the answer
	Core    []string    `json:"core"`    // sites of the answer that no choice within the share can do without: proven
	Unsure  []string    `json:"unsure"`  // those for which time ran out
}

// NearSites is one of them. Value counts as that of the answer does, of LSCP by
// number without what stands.
type NearSites struct {
	Open  []string `json:"open"`
	Value float64  `json:"value"`
	Gap   float64  `json:"gap"` // to the bound of the answer
}

// Near looks for them until ctx is done; see [siting.NearOptimal].
func (s *Setup) Near(ctx context.Context, best *siting.Solution, list []Candidate, within float64) (*Near, error) {
	found, err := siting.NearOptimal(ctx, &s.Instance, best, within)
	if err != nil {
		return nil, err
	}
	names := func(open []int32) []string {
		ids := []string{}
		for _, i := range s.Chosen(open) {
			ids = append(ids, list[i].ID)
		}
		return ids
	}
	out := &Near{Within: within, Answers: []NearSites{}, Core: names(found.Core), Unsure: names(found.Unsure)}
	less := 0.0
	if best.Model == siting.LSCP && s.Instance.Costs == nil {
		less = float64(s.Standing)
	}
	for i := range found.Answers {
		one := &found.Answers[i]
		out.Answers = append(out.Answers, NearSites{Open: names(one.Open), Value: one.Value - less, Gap: one.Gap})
	}
	return out, nil
}
