package documents

// TokenCount estimates the number of tokens in a text, plus one for each ten bytes.
func TokenCount(text string) int {
	n, inWord := len(text)/10, false
	for i := range len(text) {
		switch c := text[i]; {
		case c == ' ', c == ',', c == '\n', c == '\t', c == '\r':
			inWord = false
		case c == '_', '0' <= c && c <= '9', 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z':
			if !inWord {
				n++
			}
			inWord = true
		default:
			n++
			inWord = false
		}
	}
	return n
}
