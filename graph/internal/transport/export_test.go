package transport

// WrongVariable is for a test that compares it with the executor's own.
var WrongVariable = wrongVariable
