package osm

import (
	"encoding/binary"
	"errors"
)

var (
	errPlainNodes = errors.New("nodes are not in the dense form; convert it with osmium cat -f pbf,pbf_dense_nodes=true")
	errString     = errors.New("a text out of range")
	errCounts     = errors.New("lists of different length")
)

// checkBlock makes sure of what the decoder takes for granted: texts in range,
// lists of one length, every list once.
func checkBlock(b []byte) error {
	texts := uint64(0)
	tables := 0
	err := fields(b, func(f field) error {
		if f.number != 1 {
			return nil
		}
		tables++
		if f.wire != 2 || tables > 1 {
			return errForm
		}
		return fields(f.data, func(f field) error {
			if f.number == 1 && f.wire == 2 {
				texts++
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	return fields(b, func(f field) error {
		switch {
		case f.number == 2 && f.wire == 2:
			return checkGroup(f.data, texts)
		case f.number == 2 || (f.number == 17 || f.number == 18 || f.number == 19 || f.number == 20) && f.wire != 0:
			return errForm
		}
		return nil
	})
}

func checkGroup(b []byte, texts uint64) error {
	return fields(b, func(f field) error {
		if f.number <= 4 && f.wire != 2 {
			return errForm
		}
		switch f.number {
		case 1:
			return errPlainNodes
		case 2:
			return checkDense(f.data, texts)
		case 3:
			return checkWay(f.data, texts)
		case 4:
			return checkRelation(f.data, texts)
		}
		return nil
	})
}

// lists are the packed lists of a message by field number, each at most once.
type lists [11][]byte

// message splits a message into its lists, the others to be checked by else.
func message(b []byte, packed []int, other func(field) error) (lists, error) {
	var l lists
	var seen [11]bool
	err := fields(b, func(f field) error {
		for _, n := range packed {
			if f.number == n {
				if f.wire != 2 || seen[n] {
					return errForm
				}
				seen[n] = true
				l[n] = f.data
				return nil
			}
		}
		return other(f)
	})
	return l, err
}

// numbers counts the numbers of a list; every one must be whole and below limit.
func numbers(b []byte, limit uint64) (int, error) {
	count := 0
	for len(b) > 0 {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			return 0, errForm
		}
		if v >= limit && limit != anyNumber {
			return 0, errString
		}
		b = b[n:]
		count++
	}
	return count, nil
}

const anyNumber = 1<<64 - 1

// same checks that lists hold as many numbers as the first one.
func (l *lists) same(limits map[int]uint64, order ...int) error {
	want := -1
	for _, n := range order {
		limit, ok := limits[n]
		if !ok {
			limit = anyNumber
		}
		got, err := numbers(l[n], limit)
		if err != nil {
			return err
		}
		if want >= 0 && got != want {
			return errCounts
		}
		want = got
	}
	return nil
}

func checkDense(b []byte, texts uint64) error {
	l, err := message(b, []int{1, 8, 9, 10}, func(f field) error {
		if f.number == 5 {
			if f.wire != 2 {
				return errForm
			}
			return checkDenseInfo(f.data, texts)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := l.same(nil, 1, 8, 9); err != nil {
		return err
	}
	nodes, _ := numbers(l[1], anyNumber)
	return checkDenseTags(l[10], nodes, texts)
}

// checkDenseTags: for each node pairs of texts, then a zero; or nothing at all.
func checkDenseTags(b []byte, nodes int, texts uint64) error {
	if _, err := numbers(b, max(texts, 1)); err != nil {
		return err
	}
	count, ends := 0, 0
	for len(b) > 0 {
		v, n := binary.Uvarint(b)
		b = b[n:]
		if v == 0 && count%2 == 0 {
			ends++
			count = 0
			continue
		}
		count++
	}
	if count != 0 || ends != 0 && ends != nodes {
		return errCounts
	}
	return nil
}

// checkDenseInfo: the texts of users are kept as differences.
func checkDenseInfo(b []byte, texts uint64) error {
	l, err := message(b, []int{1, 2, 3, 4, 5, 6}, func(field) error { return nil })
	if err != nil {
		return err
	}
	for n := 1; n <= 6; n++ {
		if _, err := numbers(l[n], anyNumber); err != nil {
			return err
		}
	}
	user := int64(0)
	for users := l[5]; len(users) > 0; {
		v, n := binary.Varint(users)
		users = users[n:]
		if user += v; user < 0 || uint64(user) >= texts || v > 1<<31 || v < -1<<31 {
			return errString
		}
	}
	return nil
}

// checkInfo is for the version and user of a way or a relation.
func checkInfo(f field, texts uint64) error {
	if f.number != 4 {
		return nil
	}
	if f.wire != 2 {
		return errForm
	}
	return fields(f.data, func(f field) error {
		if f.number <= 6 && f.wire != 0 {
			return errForm
		}
		if f.number == 5 && f.value >= texts {
			return errString
		}
		return nil
	})
}

func checkWay(b []byte, texts uint64) error {
	l, err := message(b, []int{2, 3, 8, 9, 10}, func(f field) error { return checkInfo(f, texts) })
	if err != nil {
		return err
	}
	if err := l.same(map[int]uint64{2: texts, 3: texts}, 2, 3); err != nil {
		return err
	}
	if len(l[9])+len(l[10]) > 0 {
		return l.same(nil, 8, 9, 10)
	}
	return l.same(nil, 8)
}

func checkRelation(b []byte, texts uint64) error {
	l, err := message(b, []int{2, 3, 8, 9, 10}, func(f field) error { return checkInfo(f, texts) })
	if err != nil {
		return err
	}
	if err := l.same(map[int]uint64{2: texts, 3: texts}, 2, 3); err != nil {
		return err
	}
	return l.same(map[int]uint64{8: texts, 10: 3}, 8, 9, 10)
}
