package ink_test

import (
	"fmt"

	"convlens/nn/ink"
)

func ExamplePicture() {
	seven := [][]ink.Point{
		{{X: 30, Y: 30}, {X: 70, Y: 30}, {X: 45, Y: 95}},
		{{X: 42, Y: 60}, {X: 75, Y: 60}},
	}
	pix := make([]byte, 14*14)
	ink.Picture(pix, 14, 14, seven, 2.4)
	for y := range 14 {
		fmt.Print("|")
		for _, p := range pix[y*14 : y*14+14] {
			fmt.Printf("%c", " .:-=+*%#@"[int(p)*9/255])
		}
		fmt.Println("|")
	}
	// Output:
	// |              |
	// |              |
	// |              |
	// |    ::::::    |
	// |   :#####@.   |
	// |        =*    |
	// |        %-    |
	// |      .-#:.   |
	// |     *@@@@*   |
	// |       #:     |
	// |      -%      |
	// |      %=      |
	// |     .#       |
	// |     :=       |
}
