package dev.tidemark.core.detect;

/**
 * What is known of a signal before anything changes.
 *
 * @param n trials, values or windows
 * @param missing trials still needed before a doubling could be found; 0 when there are enough
 */
record Baseline(long n, long missing) {}
