// Package web holds the map page: a TypeScript application in src that npm
// builds into dist, and the Go code that puts dist into the program.
//
// It knows the service only by its HTTP addresses, imports nothing of ours, and
// computes no number: the page shows what the service answers. The central
// thing is [FS].
//
// A program that was compiled before the page was built says so in a small page
// of its own instead of an empty screen.
package web
