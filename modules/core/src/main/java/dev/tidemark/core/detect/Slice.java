package dev.tidemark.core.detect;

/**
 * One window of one signal as a detector sees it.
 *
 * @param previousEndMs end of the last window with trials before it; the start when there was none
 * @param startMs start of the window
 * @param endMs end of the window
 * @param n trials
 * @param x events
 */
record Slice(long previousEndMs, long startMs, long endMs, long n, long x) {}
