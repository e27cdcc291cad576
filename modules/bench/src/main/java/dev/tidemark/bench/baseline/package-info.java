/**
 * Linking and combining as they were before the present ones, kept so that the benchmark shows what
 * a change was worth. Nothing else uses them.
 */
package dev.tidemark.bench.baseline;
