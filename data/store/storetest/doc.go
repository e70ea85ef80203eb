// Package storetest is the suite that holds every store to the contract of
// package store: [Run] takes a function that makes an empty store and tries all
// that the contract promises on it. It tests no particular layout: that is for
// the tests of each store.
package storetest
