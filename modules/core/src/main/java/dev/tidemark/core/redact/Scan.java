package dev.tidemark.core.redact;

import static dev.tidemark.core.redact.SecretRule.isAlphanumeric;

import java.util.List;

/**
 * Asks rules along a text, once per beginning of a word. Which rules can matter is known after one
 * look at the characters of the text, so that most texts cost little more than that look.
 */
final class Scan {
  private static final int ASCII = 128;

  /** Says of a text that it holds something else than printable ASCII. */
  private static final int ODD = 1 << 31;

  private static final long CONTROLS = 0xffff_ffffL;
  private final SecretRule[] rules;
  private final int[] byFirst = new int[ASCII];
  private final int foreign;
  private final long[] needsLow;
  private final long[] needsHigh;

  Scan(List<SecretRule> rules) {
    this.rules = rules.toArray(SecretRule[]::new);
    this.needsLow = new long[rules.size()];
    this.needsHigh = new long[rules.size()];
    int any = 0;
    for (int r = 0; r < this.rules.length; r++) {
      SecretRule rule = this.rules[r];
      for (char c : rule.starts().toCharArray()) {
        byFirst[c] |= 1 << r;
      }
      for (char c : rule.needs().toCharArray()) {
        needsLow[r] |= c < 64 ? 1L << c : 0;
        needsHigh[r] |= c < 64 ? 0 : 1L << (c - 64);
      }
      any |= rule.starts().equals(SecretRule.ANY) || rule.kind().equals("email") ? 1 << r : 0;
    }
    this.foreign = any;
  }

  /**
   * Whether no rule finds anything and every character is printable ASCII: one look at the
   * characters, and one at the beginnings of words for the rules that are left.
   */
  boolean passes(String text) {
    int live = live(text);
    return live >= 0 && !finds(text, live);
  }

  private boolean finds(String text, int live) {
    for (int i = 0; live != 0 && i < text.length(); i++) {
      int asked = live & byFirst[text.charAt(i)];
      if (asked != 0 && wordStarts(text, i)) {
        for (; asked != 0; asked &= asked - 1) {
          if (rules[Integer.numberOfTrailingZeros(asked)].finder().end(text, i) >= 0) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** The text with finds replaced; what follows {@code stop} is kept only as part of a find. */
  String scrub(String text, int stop, Finds finds) {
    int live = live(text) & ~ODD;
    StringBuilder out = null;
    int copied = 0;
    int i = 0;
    while (live != 0 && i < stop) {
      char c = text.charAt(i);
      int asked = live & (c < ASCII ? byFirst[c] : foreign);
      int end = asked == 0 || !wordStarts(text, i) ? -1 : i;
      int rule = 0;
      if (end == i) {
        end = -1;
        for (; asked != 0 && end < 0; asked &= asked - 1) {
          rule = Integer.numberOfTrailingZeros(asked);
          end = rules[rule].finder().end(text, i);
        }
      }
      if (end >= 0) {
        out = out == null ? new StringBuilder(text.length()) : out;
        out.append(text, copied, i).append(finds.found(rules[rule].kind()));
        copied = end;
      }
      i = Math.max(end, i + 1);
    }
    if (out == null) {
      return stop < text.length() ? text.substring(0, stop) : text;
    }
    return out.append(text, copied, Math.max(stop, copied)).toString();
  }

  /** Rules that can find something, one bit each, and {@link #ODD}. */
  private int live(String text) {
    long low = 0;
    long high = 0;
    int all = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      all |= c;
      if (c < 64) {
        low |= 1L << c;
      } else if (c < ASCII) {
        high |= 1L << (c - 64);
      }
    }
    boolean plain = all < ASCII && (low & CONTROLS) == 0 && high >= 0;
    int live = plain ? 0 : ODD;
    for (int r = 0; r < rules.length; r++) {
      live |= (low & needsLow[r]) != 0 || (high & needsHigh[r]) != 0 ? 1 << r : 0;
    }
    return live;
  }

  /**
   * Whether a word could begin at {@code i}: no letter or digit stands before it, or one that is
   * the end of an escape of JSON or of a URL.
   */
  private static boolean wordStarts(String text, int i) {
    if (i == 0 || !isAlphanumeric(text.charAt(i - 1))) {
      return true;
    }
    char before = text.charAt(i - 1);
    boolean json = i > 1 && text.charAt(i - 2) == '\\' && "nrtbf".indexOf(before) >= 0;
    return json
        || (i > 2
            && text.charAt(i - 3) == '%'
            && Character.digit(before, 16) >= 0
            && Character.digit(text.charAt(i - 2), 16) >= 0);
  }
}
