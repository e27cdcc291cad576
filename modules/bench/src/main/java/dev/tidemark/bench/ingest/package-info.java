/**
 * What it costs to receive OTLP: decoding, meaning, redaction and encoding, without the network.
 */
package dev.tidemark.bench.ingest;
