package glyph_test

import (
	"fmt"
	"math/rand/v2"

	"convlens/nn/glyph"
)

func ExampleDraw() {
	pix := make([]byte, 28*28)
	glyph.Draw(pix, 3, rand.New(rand.NewPCG(1, 2)))
	for y := 4; y < 24; y++ {
		fmt.Print("|")
		for _, p := range pix[y*28+4 : y*28+24] {
			fmt.Printf("%c", " .:-=+*%#@"[int(p)*9/255])
		}
		fmt.Println("|")
	}
	// Output:
	// |                    |
	// |           .:==.    |
	// |         +#@@@@%-   |
	// |        =@@@@@@@#   |
	// |        =@@%::#@@   |
	// |         -:  -@@%   |
	// |            :#@@=   |
	// |           =@@@#    |
	// |          *@@@*.    |
	// |          #@@@+     |
	// |          -##@@#:   |
	// |            :%@@=   |
	// |           .=#@@=   |
	// |#*+=:   .=%@@@@#.   |
	// |@@@@@#@@@@@@@@%.    |
	// |%#@@@@@@@@@%=.      |
	// |  .::.::..          |
	// |                    |
	// |                    |
	// |                    |
}
