package source

import (
	"errors"
	"io/fs"

	"lifecircle/coverage"
)

// Fail notes that a file refuses the project, as an issue and for the answer.
// Only cancellation is handed on.
func (l *Folder) Fail(file string, err error) error {
	if l.Context.Err() != nil {
		return l.Context.Err()
	}
	l.Failures = append(l.Failures, err)
	issue := coverage.Issue{Ref: coverage.Ref{File: file}, Key: "data.unreadable", Args: coverage.Args{"reason": err.Error()}, Fatal: true}
	var known *coverage.Error
	if errors.As(err, &known) {
		issue.Key, issue.Args = known.Key, known.Args
	}
	l.Issues.Add(issue)
	return nil
}

// Refusal is the error of a project that [Folder.Failures] refuse: all of them,
// NotFound when one is.
func (l *Folder) Refusal() error {
	code := coverage.Unusable
	for _, f := range l.Failures {
		if coverage.CodeOf(f) == coverage.NotFound {
			code = coverage.NotFound
		}
	}
	return &coverage.Error{
		Code: code, Key: "data.refused", Args: coverage.Args{"count": len(l.Failures)}, Err: errors.Join(l.Failures...),
	}
}

// Refuse is an error about the data of a file.
func Refuse(key, file string, args coverage.Args) error {
	all := coverage.Args{"file": file}
	for k, v := range args {
		all[k] = v
	}
	return &coverage.Error{Code: coverage.Unusable, Key: key, Args: all}
}

// JudgeShare refuses a source with too many bad rows, or none that is good.
func (l *Folder) JudgeShare(file string, rows, bad, kept int64) error {
	switch {
	case rows == 0:
		return Refuse("data.empty", file, nil)
	case float64(bad) > l.Project.MaxBadShare*float64(rows):
		return Refuse("data.bad_share", file, coverage.Args{"bad": bad, "rows": rows, "limit": Percent(l.Project.MaxBadShare)})
	case kept == 0:
		return Refuse("data.nothing_left", file, coverage.Args{"rows": rows})
	}
	return nil
}

// NotReadable is the error for a file that cannot be opened.
func NotReadable(file string, err error) error {
	key := "data.unreadable"
	args := coverage.Args{"file": file, "reason": ""}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		key = "data.missing"
	case errors.Is(err, fs.ErrPermission):
		key = "data.no_permission"
	default:
		args["reason"] = err.Error() // links out of the folder among them
	}
	return &coverage.Error{Code: coverage.NotFound, Key: key, Args: args}
}
