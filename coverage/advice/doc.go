// Package advice answers where to build and what may close, on a dataset and with
// proof.
//
// It chooses nothing itself and knows no travel: package analysis says what stands
// and how far places are, siting/plan makes a bare question of it, siting and its
// neighbours solve that. The central types are [SiteAsk], [CloseAsk] and
// [SiteAnswer], the entries are
// [Advisor.Site], [Advisor.Close] and [Advisor.Robust].
package advice
