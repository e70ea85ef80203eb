// Package workbook reads the cells of XLSX workbooks row by row, fast enough for
// hundreds of thousands of rows: it walks the XML of a sheet once, and makes one
// string a row.
//
// It gives cells as text: numbers in plain decimals, dates and times as
// "2026-03-05" and "08:30" where the cell's format shows them so, the last
// computed value of formulas, rich text without its looks. It knows nothing of
// headers, and writes nothing: that is the work of lifecircle/data/table and of
// github.com/xuri/excelize, which is also what the tests hold this package to.
//
// The central type is [Book]. The format is ECMA-376 (Office Open XML), part 1,
// chapter 18; both its transitional and its strict form are read, since only
// local names count. Formulas are not computed.
package workbook
