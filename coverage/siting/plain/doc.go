// Package plain solves siting problems without side conditions to proof.
//
// It knows nothing of models: [coverage/siting] brings a question into the one
// form here, a [Problem] made by a [Builder], and reads the [Result]. Problems
// with budgets, capacities and other conditions are for package general.
//
// # Form
//
//	minimise sum over open sites of a price
//	         + sum over demands j of min(fallback_j, least cost_ij of an open site i)
//	subject to at most p open sites.
//
// MCLP has cost 0 and the weight as fallback; LSCP has price 1 and fallback 1;
// p-median has weight x distance, and the farthest site as fallback.
//
// # Method
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
package plain
