package dev.tidemark.core.redact;

/**
 * What is left of a text after cleaning.
 *
 * @param text the clean text; the same instance when nothing had to be changed
 * @param count number of secrets that were replaced
 * @param report the same by rule
 * @param truncated whether the text was too long and ends with a mark that says so
 */
public record Redaction(String text, int count, RedactionReport report, boolean truncated) {

  static Redaction unchanged(String text) {
    return new Redaction(text, 0, RedactionReport.NONE, false);
  }
}
