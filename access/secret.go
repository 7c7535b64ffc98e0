package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"hash/crc32"
	"strings"
)

// A token is the prefix and, in lower-case base32, 32 random bytes with a checksum of
// three. The prefix lets secret scanners find leaked tokens, the checksum distinguishes
// misspelt tokens from unknown ones.
const (
	tokenPrefix = "chancery_"
	secretSize  = 32
	sumSize     = 3
)

var letters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// fingerprint is the stored SHA-256 of a token. A slow hash such as bcrypt protects
// passwords, which can be guessed; 2^256 secrets cannot. Looking a token up by its
// fingerprint is also safe from timing attacks: matching a part of a hash does not lead
// to the token.
type fingerprint [sha256.Size]byte

// newToken returns a new random token.
func newToken() string {
	secret := make([]byte, secretSize, secretSize+sumSize)
	_, _ = rand.Read(secret) // never fails; it ends the program instead
	return tokenPrefix + letters.EncodeToString(append(secret, checksum(secret)...))
}

// readToken returns the fingerprint of a token, and false if the token is misspelt or
// incomplete.
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

// checksum is short, so that it reveals little of the secret.
func checksum(secret []byte) []byte {
	sum := crc32.Update(crc32.ChecksumIEEE([]byte(tokenPrefix)), crc32.IEEETable, secret)
	return []byte{byte(sum >> 16), byte(sum >> 8), byte(sum)}
}
