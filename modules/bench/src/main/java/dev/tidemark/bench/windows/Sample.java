package dev.tidemark.bench.windows;

/**
 * One look at a contestant.
 *
 * @param nanos when, by the monotonic clock
 * @param appCpu CPU time of its process so far, seconds
 * @param brokerCpu CPU time of the broker so far, seconds
 * @param consumed records of the source topic it has read
 * @param output committed end of its output topics
 */
record Sample(long nanos, double appCpu, double brokerCpu, long consumed, long output) {}
