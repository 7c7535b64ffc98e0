package bolt

// Seal is for tests that plant damage.
var Seal = seal
