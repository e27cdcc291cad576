package dev.tidemark.core.dialect;

/**
 * Where a value is: in an attribute, or in member {@code member} of the JSON an attribute holds.
 *
 * @param attribute name of the attribute
 * @param member null when the value is the attribute
 * @param quoted the member's name as JSON quotes it; null with {@code member}
 */
record Key(String attribute, String member, String quoted) {

  /** {@code a} is attribute a, {@code a>b} its member b. */
  static Key of(String text) {
    int at = text.indexOf('>');
    if (at < 0) {
      return new Key(text, null, null);
    }
    String member = text.substring(at + 1);
    return new Key(text.substring(0, at), member, '"' + member + '"');
  }
}
