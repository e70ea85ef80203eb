package tile

import "math"

// Measure says what is known of items, and how it is shown. T is the sum over
// some items; its zero value is the sum over none.
type Measure[T any] struct {
	Names  []string                       // of the properties
	Add    func(acc *T, item int)         // puts one more item in
	Merge  func(acc *T, from T)           // puts another sum in
	Values func(acc *T, out []Value) bool // fills the properties in the order of Names; false: nothing to show
}

// Value is a property of a feature: a float or a whole number.
type Value struct {
	whole bool
	bits  uint64
}

// Float is a number that is written with single precision.
func Float(v float64) Value { return Value{bits: uint64(math.Float32bits(float32(v)))} }

// Int is a whole number.
func Int(v int64) Value { return Value{whole: true, bits: uint64(v)} }
