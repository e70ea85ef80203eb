package solvefile

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/siting"
)

// Three schools in a row, 10 apart, with 4, 5 and 6 children at their doors and
// room for 7, 9 and 8: closing the first costs 4 x 10, the others more.
const schools = `"weights":[4,5,6],"threshold":15,"capacity":[7,9,8],
 "distances":{"first":[0,2,5,7],"demand":[0,1,0,1,2,1,2],"value":[0,10,10,0,10,10,0]}`

func TestQuestionsByHand(t *testing.T) {
	for text, want := range map[string]string{
		`{"model":"pmedian",` + schools + `,"close":{"k":1}}`: `{"model":"close","open":["1","2"],"value":40,"bound":40,"gap":0,"proven":true,"seconds":0,"curve":[],` +
			`"close":["0"],"worse":[{"demand":0,"before":0,"after":10,"lost":0}]}`,
		`{` + schools + `,"close":{"all":true,"closable":[2]}}`: "",
		`{` + schools + `,"close":{"goal":"lose","k":3}}`: `{"model":"close","open":[],"value":15,"bound":15,"gap":0,"proven":true,"seconds":0,"curve":[],` +
			`"close":["0","1","2"],"worse":[{"demand":0,"before":0,"after":null,"lost":4},{"demand":1,"before":0,"after":null,"lost":5},{"demand":2,"before":0,"after":null,"lost":6}]}`,
		// One a year, at reach 5 each serves its own: 6 first, then 5.
		`{"model":"mclp","weights":[4,5,6],"threshold":5,"distances":{"first":[0,1,2,3],"demand":[0,1,2],"value":[0,0,5]},"phases":{"budgets":[1,1]}}`: `{"model":"phases","open":["1","2"],` +
			`"value":17,"bound":17,"gap":0,"proven":true,"seconds":0,"curve":[],"built":[["2"],["1"]],"covered":[6,11]}`,
	} {
		q, err := Read([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		a, err := q.Solve(context.Background(), siting.Options{Curve: true})
		if want == "" { // 15 children and room for 16 in the first two: nobody of the third may go beyond 15
			if err != nil || len(a.Close) != 1 || a.Value != 1 {
				t.Errorf("%s: %+v, %v", text, a, err)
			}
			continue
		}
		got, _ := json.Marshal(a)
		if err != nil || string(got) != want {
			t.Errorf("%s:\n%s, %v", text, got, err)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for text, key := range map[string]string{
		`{` + schools + `,"close":{"k":1},"phases":{"budgets":[1]}}`: "siting.question",
		`{` + schools + `,"close":{"k":1},"fixed":[0]}`:              "siting.question",
		`{` + schools + `,"close":{}}`:                               "siting.close",
		`{` + schools + `,"close":{"k":1,"all":true}}`:               "siting.close",
		`{` + schools + `,"close":{"k":4}}`:                          "siting.close",
		`{` + schools + `,"close":{"k":1,"goal":"win"}}`:             "siting.goal",
		`{` + schools + `,"close":{"k":1,"closable":[3]}}`:           "siting.site",
		`{` + schools + `,"phases":{"budgets":[]}}`:                  "siting.years",
		`{` + schools + `,"phases":{"budgets":[1],"factors":[1,2]}}`: "siting.years",
		`{` + schools + `,"phases":{"budgets":[-1]}}`:                "siting.amount",
		`{` + schools + `,"close":{"k":1,"extra":0}}`:                "siting.file",
	} {
		_, err := Read([]byte(text))
		if e := asError(err); e == nil || e.Key != key || e.Code != coverage.Invalid {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := Parse([]byte(`{` + schools + `,"close":{"k":1}}`)); asError(err) == nil {
		t.Error("Parse takes a closure")
	}
}

func asError(err error) *coverage.Error {
	var e *coverage.Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}
