// Package general solves siting problems with side conditions to proof.
//
// It knows nothing of models: [coverage/siting] brings a question into the one
// form here, [Problem], and reads the [Result]. Problems without conditions have
// a quicker search of their own there.
//
// # Form
//
// With x_i = 1 for an open site, y_ij the share of demand j that site i serves
// and u_j the share that nobody serves:
//
//	min  sum Price_i x_i + sum Cost_ij y_ij + sum Penalty_j u_j
//	     sum_i y_ij + u_j = 1,  y_ij <= x_i
//	     sum_j Size_j y_ij <= Capacity_i x_i      where there are capacities
//	     sum x <= Most,  rows over x,  rows over u
//
// With Need = 2 a demand counts only when two open sites reach it:
// sum_i x_i + 2 u_j >= 2. Shares are divisible: without capacities they come out
// whole, with capacities a demand may be split among sites.
//
// # Method
//
// The Lagrangian of the demand rows, the site rows and the rows over u (a
// continuous knapsack a site where there are capacities; Cornuejols, Sridharan and
// Thizy 1991) gives bounds and fixes sites; subgradient steps as in Held, Wolfe
// and Crowder 1974. Greedy, repair and exchanges give answers. A depth-first
// branch and bound over the sites, with rows propagated as in any integer
// program, closes the gap. For a set of open sites the serving is solved exactly:
// nearest site, maximum flow (Dinic 1970) or least-cost transport (successive
// shortest paths with potentials, Edmonds and Karp 1972).
package general
