// Package scenario changes the facilities of a dataset on paper: what is built,
// closed or moved. The central type is [Changes], the entry [Apply], which makes
// a new dataset that shares everything else with the old one. It computes no
// coverage: package analysis compares before and after.
package scenario
