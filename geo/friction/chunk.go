package friction

// chunk is a part of a list of entries. Lists grow and shrink all the time, in
// many tiles; chunks that one has emptied serve the next.
type chunk struct {
	next  *chunk
	count int
	entry [126]uint64 // milliseconds<<32 | cell of the tile
}

// store is a stack of empty chunks, one a worker.
type store struct{ free *chunk }

// add puts an entry into a list and returns the list.
func (s *store) add(list *chunk, entry uint64) *chunk {
	if list == nil || list.count == len(list.entry) {
		c := s.free
		if c == nil {
			c = new(chunk)
		} else {
			s.free = c.next
		}
		c.next, c.count = list, 0
		list = c
	}
	list.entry[list.count] = entry
	list.count++
	return list
}

// drain calls f for every entry of a list and takes its chunks back. f may add
// to other lists.
func (s *store) drain(list *chunk, f func(entry uint64)) {
	for list != nil {
		for _, e := range list.entry[:list.count] {
			f(e)
		}
		next := list.next
		list.next, s.free = s.free, list
		list = next
	}
}
