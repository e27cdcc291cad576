package dev.tidemark.core.redact;

import dev.tidemark.core.redact.SecretRule.Finder;
import java.util.List;

/**
 * Makes a text of an unknown sender safe to keep: secrets become {@code [redacted:kind]}, control
 * characters and bidirectional overrides are escaped, surrounding space goes, the length is capped.
 * Fails closed: when a rule breaks, nothing of the text is kept. Pure and thread-safe.
 */
final class TextCleaner {
  /** Longest text kept, in bytes of UTF-8. */
  static final int MOST_BYTES = 256;

  /** Only this many characters are looked at: work per text is bounded whatever the sender does. */
  static final int MOST_CHARS = 4096;

  static final List<SecretRule> STANDARD =
      List.of(
          rule("bearer", TokenRules::bearer),
          rule("api_key", TokenRules::apiKey),
          rule("aws_key", TokenRules::awsKey),
          rule("jwt", TokenRules::jwt),
          rule("private_key", TokenRules::privateKey),
          rule("iban", PersonRules::iban),
          rule("card", PersonRules::card),
          rule("email", PersonRules::email));

  private final List<SecretRule> rules;

  TextCleaner(List<SecretRule> rules) {
    this.rules = List.copyOf(rules);
  }

  private static SecretRule rule(String kind, Finder finder) {
    return new SecretRule(kind, finder);
  }

  /** The clean form of {@code text}, which is not null. */
  Redaction clean(String text) {
    try {
      return cleanOrThrow(text);
    } catch (RuntimeException ruleBroke) {
      return new Redaction("[redacted:rule_error]", 1);
    }
  }

  private Redaction cleanOrThrow(String text) {
    String head = text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) : text;
    String trimmed = head.strip();
    String visible = Characters.withoutInvisible(trimmed);
    Redaction scrubbed = scrub(visible);
    if (scrubbed.count() > 0) {
      return new Redaction(Characters.cap(scrubbed.text().strip(), MOST_BYTES), scrubbed.count());
    }
    return new Redaction(Characters.cap(Characters.escape(trimmed), MOST_BYTES), 0);
  }

  private Redaction scrub(String text) {
    StringBuilder out = null;
    int copied = 0;
    int count = 0;
    int i = 0;
    while (i < text.length()) {
      if (!SecretRule.wordStarts(text, i)) {
        i++;
        continue;
      }
      int end = -1;
      for (int r = 0; r < rules.size() && end < 0; r++) {
        end = rules.get(r).finder().end(text, i);
        if (end >= 0) {
          out = out == null ? new StringBuilder(text.length()) : out;
          out.append(text, copied, i).append("[redacted:").append(rules.get(r).kind()).append(']');
          copied = end;
          count++;
        }
      }
      i = Math.max(end, i + 1);
    }
    return out == null
        ? new Redaction(text, 0)
        : new Redaction(out.append(text, copied, text.length()).toString(), count);
  }
}
