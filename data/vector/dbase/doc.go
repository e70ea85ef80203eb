// Package dbase reads the attribute table of a Shapefile (.dbf, dBASE III and
// what came after): columns of the types C, N, F, L and D; memo and binary
// columns are passed over. The central type is [Table].
//
// Numbers that are blank or full of asterisks (how a missing number is written)
// are nil, whole numbers int64, dates texts such as 2026-01-31. Texts are
// decoded as the caller says, else the .cpg file, else the language byte of the
// header, else by what understands every one of them: UTF-8, GB18030,
// Windows-1252. The package checks every size against the bytes there are.
package dbase
