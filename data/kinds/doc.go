// Package kinds knows what people call the kinds of facilities: a table from
// the words of lists (社区卫生服务中心, 卫生院, 九年一贯制学校, clinic ...) to the
// kind, service and tier words of the program. The central type is [Table];
// [Default] is the one that ships, kinds.yaml, and [Parse] reads another in the
// same form, which a project lays over it.
//
// A word is known when the table has it, or a pattern of the table fits. A word
// that is not known gets a guess, for people to confirm: guesses are never
// applied. The package reads no lists and knows no columns.
package kinds
