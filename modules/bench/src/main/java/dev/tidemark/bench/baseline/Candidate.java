package dev.tidemark.bench.baseline;

/** A run that could show a category: what the record of an exemplar was. */
record Candidate(String category, String traceId, String spanId, long timeMs, long hash) {}
