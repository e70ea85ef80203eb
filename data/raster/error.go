package raster

import (
	"errors"
	"io"

	"lifecircle/coverage"
)

// truncated says that the file ends before something that it promises.
func truncated() error {
	return &coverage.Error{Code: coverage.NotFound, Key: "raster.truncated"}
}

// corrupt says which part of the file contradicts itself. The part is a word
// of the TIFF standard, the same in every language.
func corrupt(part string) error {
	return &coverage.Error{Code: coverage.NotFound, Key: "raster.corrupt", Args: coverage.Args{"part": part}}
}

// unsupported says that the file is valid but not for this program.
func unsupported(key string, args coverage.Args) error {
	return &coverage.Error{Code: coverage.Unsupported, Key: key, Args: args}
}

// readFault turns an error of the file's reader or of a decoder into one for
// people. Errors that already are, and cancellation, stay.
func readFault(err error, part string) error {
	var known *coverage.Error
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return truncated()
	}
	return &coverage.Error{Code: coverage.NotFound, Key: "raster.corrupt", Args: coverage.Args{"part": part}, Err: err}
}
