package plan

import "lifecircle/coverage/siting"

// Join puts the setups of several services that are housed in the same buildings
// side by side ([siting.Together]): one site of what stands, then the candidates.
// Rows of setup k are those of its demands plus k x rows.
func Join(setups []*Setup, rows int) (*Setup, error) {
	parts := make([]*siting.Instance, len(setups))
	joined := &Setup{Standing: setups[0].Standing}
	for k, s := range setups {
		parts[k] = &s.Instance
		for _, row := range s.Rows {
			joined.Rows = append(joined.Rows, row+int32(k*rows))
		}
		joined.limit = append(joined.limit, s.limit...)
		joined.Pairs += s.Pairs
	}
	if joined.Pairs > MaxPairs {
		return nil, tooMany(joined.Pairs)
	}
	in, _, err := siting.Together(parts...)
	if err != nil {
		return nil, err
	}
	joined.Instance = *in
	return joined, nil
}
