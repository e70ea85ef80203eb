// Package siting chooses sites with proof. It answers bare instances: sites and
// demands are numbers, distances are columns, and nothing is known of maps.
//
// It does not compute travel, does not choose candidates and does not read files;
// package solvefile decodes the text of an instance. The central types are
// [Instance], [Conditions] and [Solution], the entry is [Solve]. Beside it stand
// closure (which sites to close), phase (what to build in which year) and whatif
// (a set of sites kept up to date); [NearOptimal] looks for other good answers.
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
// # Conditions
//
// With costs c_i, and z_j <= 1 for the served share of demand j:
//
//   - Costs, Budget, Budgets: LSCP minimises sum c_i x_i; sum c_i x_i <= Budget
//     over all sites, or some (MCLP under a budget: Church and ReVelle 1974;
//     Khuller, Moss and Naor 1999).
//   - Target: LSCP with sum w_j z_j >= Target sum w_j (partial cover: Daskin and
//     Owen 1999).
//   - Capacity: y_ij people of j go to i, sum_j y_ij <= C_i x_i; MCLP counts sum y_ij
//     (Current and Storbeck 1988), p-median minimises sum d_ij y_ij. A demand may be
//     split among sites: people of one cell need not all go to the same house.
//   - Cover 2: z_j counts only where sum_i a_ij x_i >= 2 (Hogan and ReVelle 1986).
//   - Within: p-median over the pairs with d_ij <= Within (Khumawala 1973).
//   - Exclusive, Apart: sum x <= 1 over a set; pairs of Apart are gathered into
//     sets that exclude one another (r-separation: Moon and Chaudhry 1984).
//   - Zones: sum x over the sites of a zone >= MinSites; sum w_j z_j over its demands
//     >= MinShare of their weight.
//
// Several services in one building are columns side by side: [Together].
//
// # Method
//
// Without conditions, package plain: merging, dominance, greedy, exchanges, a
// Lagrangian bound and branch and bound; p-center is a bisection over the distances
// that occur, with a set cover at each (Minieka 1970). With conditions, package
// general: the Lagrangian of all rows, with exact flows for a set of open sites.
//
// A question without an answer is proved so, and the first condition that cannot be
// kept together with those before it is named.
//
// Sums are float64. Where weights (and distances, costs, capacities) are whole
// numbers, bounds are rounded to whole numbers with a margin far above the rounding
// of the sums; elsewhere a proof holds up to about 1e-11 of the size of the costs.
// Sums of costs and weights may pass a limit by 1e-9 of it: rounding.
package siting
