package raster

import (
	"context"
	"io"
	"runtime"
	"sync"

	"lifecircle/coverage"
)

// readBand decodes a band. Segment i writes only its own cells, so the result
// does not depend on how many goroutines share the work.
func (l *layout) readBand(ctx context.Context, band int, p coverage.Progress) ([]float32, error) {
	if err := l.checkPlausible(band); err != nil {
		return nil, err
	}
	job := &bandJob{
		layout: l, band: band, progress: p, failed: l.perPlane(),
		out: make([]float32, l.cols*l.rows), convert: l.meaning.converter(band),
	}
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), l.perPlane()) {
		wg.Go(func() { job.work(ctx) })
	}
	wg.Wait()
	if job.err != nil {
		return nil, job.err
	}
	return job.out, nil
}

// bandJob is the work on one band that its workers share.
type bandJob struct {
	*layout
	band    int
	out     []float32
	convert converter

	mu       sync.Mutex
	next     int // segment to be taken
	done     int
	failed   int // lowest segment that failed; perPlane when none has
	err      error
	progress coverage.Progress
}

// take returns the next segment, or false when there is none, or a lower one
// has failed. Segments below a failed one are always finished, so the error
// told is that of the lowest bad segment.
func (j *bandJob) take() (int, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	i := j.next
	j.next++
	return i, i < j.failed
}

func (j *bandJob) finish(i int, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.done++
	switch {
	case err == nil:
		j.progress.Report("progress.read", int64(j.done), int64(j.perPlane()))
	case i < j.failed:
		j.failed, j.err = i, err
	}
}

func (j *bandJob) work(ctx context.Context) {
	w := &worker{job: j, codec: newCodec()}
	defer w.codec.close()
	for {
		i, ok := j.take()
		if !ok {
			return
		}
		err := ctx.Err()
		if err == nil {
			err = w.segment(ctx, i)
		}
		j.finish(i, err)
	}
}

// worker holds the buffers of one goroutine: rows, never whole segments.
type worker struct {
	job    *bandJob
	codec  *codec
	row    []byte
	planes []byte
}

// segment decodes the band's i-th strip or tile.
func (w *worker) segment(ctx context.Context, i int) error {
	l := w.job.layout
	at, seg := l.place(i), l.segment(w.job.band, i)
	if l.sparse(seg) {
		w.fillEmpty(at)
		return nil
	}
	if w.row == nil {
		w.row = make([]byte, l.rowBytes())
	}
	src := io.NewSectionReader(l.src.r, int64(l.offsets[seg]), int64(l.counts[seg]))
	stream, err := w.codec.open(l.compression, src)
	if err != nil {
		return readFault(err, compressedPart)
	}
	for y := range at.h {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := io.ReadFull(stream, w.row); err != nil {
			return readFault(err, compressedPart)
		}
		w.decodeRow(w.line(at, y))
	}
	if l.compression == 1 {
		return nil
	}
	return readFault(drain(stream, int64(l.segH-at.h)*int64(len(w.row))), compressedPart)
}

const compressedPart = "strip or tile"

// decodeRow turns the bytes in w.row into values.
func (w *worker) decodeRow(dst []float32) {
	l := w.job.layout
	size, stride := l.typ.size(), l.inSegment()
	if l.predictor == 3 {
		if w.planes == nil {
			w.planes = make([]byte, len(w.row))
		}
		undoFloat(w.row, w.planes, size, stride)
	} else if l.bigEndian() && size > 1 {
		swap(w.row, size)
	}
	if l.predictor == 2 {
		undoHorizontal(w.row, size, stride)
	}
	first := 0
	if !l.planar {
		first = w.job.band * size
	}
	w.job.convert(dst, w.row[first:], stride)
}

// line is the part of the result that row y of a segment goes to.
func (w *worker) line(at place, y int) []float32 {
	l := w.job.layout
	row := at.y + y
	if l.southUp {
		row = l.rows - 1 - row
	}
	from := row*l.cols + at.x
	return w.job.out[from : from+at.w]
}

func (w *worker) fillEmpty(at place) {
	v := w.job.meaning.empty(w.job.band)
	if v == 0 {
		return
	}
	for y := range at.h {
		line := w.line(at, y)
		for x := range line {
			line[x] = v
		}
	}
}
