// Package siting chooses sites with proof. It answers bare instances: sites and
// demands are numbers, distances are columns, and nothing is known of maps.
//
// It does not compute travel, does not choose candidates and does not read
// files; [Parse] decodes the text of an instance. The central types are
// [Instance] and [Solution], the entry is [Solve].
//
// # Models
//
// With x_i = 1 for an open site and a_ij = 1 where d_ij <= threshold:
//
//   - MCLP (Church and ReVelle 1974): max sum w_j min(1, sum_i a_ij x_i), sum x <= P.
//   - LSCP (Toregas et al. 1971): min sum x_i, sum_i a_ij x_i >= 1 where w_j > 0.
//   - p-median (Hakimi 1964; ReVelle and Swain 1970): min sum w_j min_{i open} d_ij, sum x <= P.
//   - p-center (Hakimi 1964): min max_{w_j > 0} min_{i open} d_ij, sum x <= P.
//
// # Method
//
// MCLP, LSCP and p-median are brought into one form: a demand pays the least
// cost among the open sites or a fallback, at most p sites are open, a site may
// have a price. MCLP has cost 0 and the weight as fallback; LSCP has price 1 and
// fallback 1; p-median has weight x distance, and the farthest site as fallback.
//
//   - Demands with the same sites are merged; sites that serve a subset of
//     another's demands are dropped; in LSCP also the demands that are implied.
//   - Lazy greedy (Minoux 1978) and exchanges (Teitz and Bart 1968, bookkeeping of
//     Resende and Werneck 2007) give the first solution.
//   - The Lagrangian of the assignment rule (Cornuejols, Fisher and Nemhauser 1977;
//     Beasley 1993 for set cover and p-median) with subgradient steps (Held, Wolfe
//     and Crowder 1974) gives the bound, and its reduced costs fix sites.
//   - Depth-first branch and bound with strong branching closes the gap. Each node
//     is a smaller problem, so that merging and dropping go on.
//   - A node that falls into components is solved by parts: a knapsack over the number
//     of sites of each, whose items are bounds until a branch and bound settles them.
//   - p-center is a bisection over the distances that occur, with a set cover at each
//     (Minieka 1970).
//
// Sums are float64. Where weights (and distances) are whole numbers, bounds are
// rounded to whole numbers with a margin far above the rounding of the sums;
// elsewhere a proof holds up to about 1e-11 of the size of the costs.
package siting
