package dev.tidemark.core.redact;

/**
 * What is left of a text after cleaning.
 *
 * @param text the clean text; the same instance when nothing had to be changed
 * @param count number of secrets that were replaced
 */
public record Redaction(String text, int count) {}
