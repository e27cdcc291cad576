package dev.tidemark.bench.windows;

/**
 * What was written of a shape.
 *
 * @param spans spans on the topic
 * @param heartbeats records without a value after them, on the spans topic
 * @param attempts tool and model calls among the spans: what the windows must add up to
 * @param bytes size of all values
 * @param lastArrivalMs arrival of the last span, milliseconds since the epoch
 */
record Written(long spans, int heartbeats, long attempts, long bytes, long lastArrivalMs) {}
