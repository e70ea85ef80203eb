package friction

import (
	"context"
	"fmt"
	"math"
	"runtime"
)

// Never is the time of cells that no source reaches.
const Never = math.MaxUint32

// MaxMS is the longest time that is told apart from Never, 49 days.
const MaxMS = Never - 1

// Source is a place that is looked for, with the time that passes there besides
// the journey.
type Source struct {
	Cell    int32
	StartMS uint32
}

// Options say how to travel. The zero value is from the sources over 8
// neighbours, without a limit or slope.
type Options struct {
	Neighbours int    // 8 or 16; 0: 8
	Toward     bool   // the journey is to the source; otherwise from it
	LimitMS    uint32 // closed, start included; 0: none
	Slope      *Slope // nil: heights do not count
	CutCorners bool   // allow diagonal steps between two closed cells
	Progress   func(done, total int64)
}

// Result is the nearest source of each cell by time. Cells that are closed, or
// that no source reaches within the limit, have Never and -1.
type Result struct {
	MS     []uint32
	Source []int32

	// Reached counts the cells that have a time.
	Reached int64

	// Sloped counts, of the steps right and down between two cells that have a
	// time (Steps), those that the slope made slower or faster. With a slope
	// asked for and 0 here, heights changed nothing.
	Sloped, Steps int64

	// Closed lists the sources, by number, that stand on a barrier or on no data
	// and which nobody reaches or leaves, not even within their own cell.
	Closed []int32
}

// Nearest finds for every cell the source with the least time, of equal ones the
// lowest number. It checks ctx every 4,096 settled cells and reports the cells
// settled so far out of those that are open; cells may be settled more than once
// and the report stops at the total. Errors wrap [ErrSurface], [ErrSource] or
// are ctx's.
//
// Beside the result it takes about a byte a cell on ordinary ground; up to 10
// where paces differ a hundredfold from cell to cell.
func Nearest(ctx context.Context, s *Surface, sources []Source, o Options) (*Result, error) {
	if o.Neighbours != 0 && o.Neighbours != 8 && o.Neighbours != 16 {
		return nil, fmt.Errorf("friction: %d neighbours, want 8 or 16", o.Neighbours)
	}
	survey, err := s.Survey()
	if err != nil {
		return nil, err
	}
	lengths, err := Measure(s.Grid)
	if err != nil {
		return nil, err
	}
	h := newSearch(s, lengths, o)
	h.prepare(survey)
	if err := h.start(sources); err != nil {
		return nil, err
	}
	if err := h.run(ctx, survey.Open); err != nil {
		return nil, err
	}
	if err := h.count(ctx); err != nil {
		return nil, err
	}
	return &h.res, nil
}

// start puts the sources on their cells.
func (h *search) start(sources []Source) error {
	for i, s := range sources {
		if s.Cell < 0 || int(s.Cell) >= len(h.sec) {
			return fmt.Errorf("%w: source %d is on cell %d of %d", ErrSource, i, s.Cell, len(h.sec))
		}
		switch {
		case !h.open(int(s.Cell)):
			h.res.Closed = append(h.res.Closed, int32(i))
		case s.StartMS <= h.limit:
			row, col := s.Cell/h.cols, s.Cell%h.cols
			h.send(row, col, s.StartMS, int32(i))
		}
	}
	return nil
}

// count counts the cells that were reached and the steps that have a slope.
func (h *search) count(ctx context.Context) error {
	counts := make([]struct{ reached, sloped, steps int64 }, h.rows)
	err := parallel(ctx, make([]worker, runtime.GOMAXPROCS(0)), int(h.rows), func(_ *worker, i int) {
		row, c := int32(i), &counts[i]
		for cell := i * int(h.cols); cell < (i+1)*int(h.cols); cell++ {
			if h.res.MS[cell] == Never {
				continue
			}
			c.reached++
			if h.slope == nil {
				continue
			}
			if right := cell + 1; right%int(h.cols) != 0 && h.res.MS[right] != Never {
				c.steps++
				c.sloped += h.sloped(cell, right, row, 2)
			}
			if below := cell + int(h.cols); row+1 < h.rows && h.res.MS[below] != Never {
				c.steps++
				c.sloped += h.sloped(cell, below, row, 3)
			}
		}
	})
	for _, c := range counts {
		h.res.Reached += c.reached
		h.res.Sloped += c.sloped
		h.res.Steps += c.steps
	}
	return err
}

// sloped is 1 when the slope tells on a step or on the way back.
func (h *search) sloped(a, b int, row int32, way int) int64 {
	if h.level != nil && h.level[a] && h.level[b] {
		return 0
	}
	grade := (float64(h.height[b]) - float64(h.height[a])) / h.lengths.of(row)[way]
	if h.slope.Factor(grade) != 1 || h.slope.Factor(-grade) != 1 {
		return 1
	}
	return 0
}
