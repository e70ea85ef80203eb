// Package snapshot holds a dataset at one moment with what the service derives
// from it: a hash of its content, zones by id, where its cells lie, and the runs
// of the questions asked. [Source] gives the [Snapshot] of the present; when the
// project hands out another dataset the old snapshot is let go as a whole.
//
// It computes no coverage: runs come from an [Analyst].
package snapshot
