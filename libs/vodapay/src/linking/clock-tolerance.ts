/**
 * How far the clocks of two processes may be apart, in milliseconds. A stored moment that lies further ahead was written
 * before a clock went back: it tells nothing about how long ago something was.
 */
export const CLOCK_TOLERANCE_MS = 60_000;
