package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"hash/crc32"
	"strings"
)

// A token of ours is the prefix and, in lower-case base32, 32 random bytes with
// three of a checksum. The prefix lets scanners find one that was left lying
// about, the checksum tells a slip of the hand from a token that is not known
// (any more).
const (
	tokenPrefix = "chancery_"
	secretSize  = 32
	sumSize     = 3
)

var letters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// fingerprint is what is kept of a token. A plain hash will do, and bcrypt would
// only make every request slow: it is for what people think up, while nobody
// goes through 2^256 secrets. Looking a token up by it is safe from timing, too:
// however many bytes of a fingerprint fit, they do not lead to the token.
type fingerprint [sha256.Size]byte

// newToken makes a token that nobody has.
func newToken() string {
	secret := make([]byte, secretSize, secretSize+sumSize)
	_, _ = rand.Read(secret) // never fails; it ends the program instead
	return tokenPrefix + letters.EncodeToString(append(secret, checksum(secret)...))
}

// readToken gives the fingerprint of a token; false if it was not copied whole.
func readToken(token string) (fingerprint, bool) {
	text, ok := strings.CutPrefix(token, tokenPrefix)
	if !ok || len(text) != letters.EncodedLen(secretSize+sumSize) {
		return fingerprint{}, false
	}
	decoded, err := letters.DecodeString(text)
	if err != nil || len(decoded) != secretSize+sumSize {
		return fingerprint{}, false
	}
	secret, sum := decoded[:secretSize], decoded[secretSize:]
	return sha256.Sum256(secret), string(sum) == string(checksum(secret))
}

// checksum tells of the secret only what it takes to find slips.
func checksum(secret []byte) []byte {
	sum := crc32.Update(crc32.ChecksumIEEE([]byte(tokenPrefix)), crc32.IEEETable, secret)
	return []byte{byte(sum >> 16), byte(sum >> 8), byte(sum)}
}
