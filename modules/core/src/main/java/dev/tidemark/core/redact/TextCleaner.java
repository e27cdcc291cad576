package dev.tidemark.core.redact;

import com.google.re2j.Matcher;

/**
 * Makes a text of an unknown sender safe to keep: secrets become {@code [redacted:kind]}, control
 * characters and bidirectional overrides are escaped, surrounding space goes, the length is capped
 * and the cap marked. Fails closed: when a rule breaks, nothing of the text is kept. Pure and
 * thread-safe.
 */
final class TextCleaner {
  /** Longest text of metadata kept, in bytes of UTF-8. */
  static final int MOST_BYTES = 256;

  /** Only this many characters of metadata are looked at: work per text is bounded. */
  static final int MOST_CHARS = 4_096;

  /** What ends a text that was cut: an ellipsis. */
  static final String CUT = "\u2026";

  private static final String DROPPED = "[redacted:" + RedactionReport.RULE_ERROR + "]";
  private static final int CUT_BYTES = 3;

  /** A secret that has to be whole to be known is not longer than this. */
  private static final int LONGEST_CHECKED = 512;

  private final Scan scan;
  private final RedactionRules rules;
  private final KnownTexts known = new KnownTexts();

  TextCleaner(RedactionRules rules) {
    this.rules = rules;
    this.scan = new Scan(rules.standard);
  }

  /** Whether this text was clean when last looked at, as a whole; false when it is forgotten. */
  boolean isKnown(String text) {
    return known.has(text);
  }

  /** The clean form of metadata: one line, {@link #MOST_BYTES} at most. */
  Redaction clean(String text) {
    if (isKnown(text)) {
      return Redaction.unchanged(text);
    }
    try {
      if (passes(text)) {
        known.add(text);
        return Redaction.unchanged(text);
      }
      Redaction clean = finish(text);
      if (clean.count() == 0 && clean.text().equals(text)) {
        known.add(text);
      }
      return clean;
    } catch (RuntimeException | LinkageError | StackOverflowError ruleBroke) {
      return dropped();
    }
  }

  /**
   * Whether the text is its own clean form, told by a screen: short, printable ASCII, no space to
   * strip, and nothing any rule finds. What it does not pass goes the long way.
   */
  boolean passes(String text) {
    int last = text.length() - 1;
    return last >= 0
        && last < MOST_BYTES
        && rules.custom.isEmpty()
        && text.charAt(0) != ' '
        && text.charAt(last) != ' '
        && scan.passes(text);
  }

  /** The long way of {@link #clean}, without memory. */
  Redaction finish(String text) {
    return finish(text, cut(text, MOST_CHARS), MOST_BYTES, false);
  }

  /** The clean form of content: lines stay lines, {@code bytes} of UTF-8 at most. */
  Redaction content(String text, int bytes) {
    try {
      return finish(text, cut(text, bytes + LONGEST_CHECKED), bytes, true);
    } catch (RuntimeException | LinkageError | StackOverflowError ruleBroke) {
      return dropped();
    }
  }

  private static Redaction dropped() {
    return new Redaction(DROPPED, 1, RedactionReport.of(RedactionReport.RULE_ERROR), false);
  }

  private static String cut(String text, int chars) {
    return text.length() > chars ? text.substring(0, chars) : text;
  }

  private Redaction finish(String text, String head, int bytes, boolean lines) {
    String trimmed = head.strip();
    boolean headOnly = head.length() < text.length();
    var finds = new Finds();
    String visible = Characters.withoutInvisible(trimmed, lines);
    String scrubbed = scrub(visible, headOnly ? LONGEST_CHECKED : 0, finds);
    String kept = finds.count() > 0 ? scrubbed.strip() : Characters.escape(trimmed, lines);
    String capped = Characters.cap(kept, bytes);
    boolean cut = headOnly || capped.length() < kept.length();
    if (cut) {
      capped = Characters.cap(kept, bytes - CUT_BYTES) + CUT;
    }
    return new Redaction(capped, finds.count(), finds.report(), cut);
  }

  /** Replaces what rules find; of the last {@code tail} characters only finds are kept. */
  private String scrub(String visible, int tail, Finds finds) {
    String text = visible;
    for (CustomRule rule : rules.custom) {
      text = custom(rule, text, finds);
    }
    return scan.scrub(text, Math.max(0, text.length() - tail), finds);
  }

  private static String custom(CustomRule rule, String text, Finds finds) {
    Matcher matcher = rule.pattern().matcher(text);
    StringBuilder out = null;
    int copied = 0;
    while (matcher.find()) {
      if (matcher.end() > matcher.start()) {
        out = out == null ? new StringBuilder(text.length()) : out;
        out.append(text, copied, matcher.start()).append(finds.found(rule.kind()));
        copied = matcher.end();
      }
    }
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }
}
