package web

// What the document itself says to visitors for whom the page's program can't.
const (
	textNoScript = "Convlens needs JavaScript and WebAssembly: the network trains in this tab. Please turn JavaScript on and reload the page."

	textNoWebAssembly = "Convlens needs WebAssembly: the network trains in this tab, and this browser can't run it, or not in this mode. " +
		"A current Chrome, Edge, Firefox or Safari can; some have WebAssembly switched off in a lockdown or strictest security mode."

	textNoProgram = "Convlens could not be loaded: the connection broke, or a file of the site is missing. Please reload the page."

	textPreview = "Handwritten digits, and 3 by 3 kernels in orange and blue that find their edges"
)
