package app

import (
	"fmt"
	"strings"
)

// fill fills values in and lets the words agree with them: of {2:image|images}
// it takes the first if the second value is one, that is, written as 1, in French
// 0 too. It chooses before it fills in, as a class or a file may have any name.
func (w *words) fill(text string, values ...any) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			break
		}
		choice, rest, _ := strings.Cut(after, "}")
		one, many, _ := strings.Cut(choice[len("2:"):], "|")
		if n := fmt.Sprint(values[choice[0]-'1']); n != "1" && !(n == "0" && w.Code == "fr") {
			one = many
		}
		b.WriteString(one)
		text = rest
	}
	if text = b.String(); !strings.Contains(text, "%") { // "the other one" has no number
		return text
	}
	return fmt.Sprintf(text, values...)
}
