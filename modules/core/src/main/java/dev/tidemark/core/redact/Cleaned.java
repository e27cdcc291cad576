package dev.tidemark.core.redact;

/**
 * A record after cleaning.
 *
 * @param record the clean record; the same instance when nothing had to be changed
 * @param redacted number of secrets replaced in it now
 * @param rejected number of fields set to null because their value was impossible
 * @param report what was replaced, by rule
 */
public record Cleaned<R>(R record, int redacted, int rejected, RedactionReport report) {}
