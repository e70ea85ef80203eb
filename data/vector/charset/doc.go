// Package charset turns the bytes of old file formats into UTF-8 text: it knows
// the names that people and .cpg files give to encodings, and says whether
// every byte was understood, which the decoders of x/text do not. The central
// type is [Charset]. It finds out an encoding only between UTF-8, UTF-16 with a
// byte order mark and GB18030 ([Document]).
package charset
