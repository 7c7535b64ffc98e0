package documents

// MaxKept is the weight of the documents together that are kept parsed, or that something
// kept refers to. Each word takes half a kilobyte of memory, however few bytes it has in
// the text: so this is some hundred megabytes.
const MaxKept = 200_000

// Weight is about how many words and signs there are in a text, with one more for each
// ten bytes.
func Weight(text string) int {
	n, within := len(text)/10, false // a word
	for i := range len(text) {
		switch c := text[i]; {
		case c == ' ', c == ',', c == '\n', c == '\t', c == '\r':
			within = false
		case c == '_', '0' <= c && c <= '9', 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z':
			if !within {
				n++
			}
			within = true
		default:
			n++
			within = false
		}
	}
	return n
}
