package dev.tidemark.core.redact;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A pattern of a deployment, matched in time linear in the text whatever the pattern (RE2, Cox
 * 2007).
 */
record CustomRule(String kind, Pattern pattern) {

  static CustomRule of(String kind, String regex) {
    if (!kind.matches("[a-z][a-z0-9_]{0,31}")) {
      throw new IllegalArgumentException(
          "redaction rule '"
              + kind
              + "' has no usable name: take lower-case letters, digits and underscores, 32 at most");
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(regex);
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException(
          "redaction rule '"
              + kind
              + "' is no pattern of RE2 ("
              + wrong.getDescription()
              + "): look-around and back-references do not exist there",
          wrong);
    }
    if (pattern.matcher("").find()) {
      throw new IllegalArgumentException(
          "redaction rule '" + kind + "' matches the empty text: it would be found everywhere");
    }
    return new CustomRule(kind, pattern);
  }
}
