package mvcc

import "context"

// stepsPerCheck is how many steps of a loop go by between two checks of its context.
const stepsPerCheck = 256

// Interrupted returns the error of a context at every 256th step of a loop, else nil.
func Interrupted(ctx context.Context, step int) error {
	if step%stepsPerCheck != 0 {
		return nil
	}
	return ctx.Err()
}
