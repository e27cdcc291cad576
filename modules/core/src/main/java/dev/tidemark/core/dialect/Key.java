package dev.tidemark.core.dialect;

import dev.tidemark.core.redact.AttributeFilter;
import dev.tidemark.core.redact.AttributeFilter.Use;

/**
 * Where a value is: in an attribute, or in member {@code member} of the JSON an attribute holds.
 *
 * @param attribute name of the attribute
 * @param member null when the value is the attribute
 * @param quoted the member's name as JSON quotes it; null with {@code member}
 */
record Key(String attribute, String member, String quoted) {

  /**
   * {@code a} is attribute a, {@code a>b} its member b.
   *
   * @throws IllegalArgumentException when {@link AttributeFilter} does not let the attribute be
   *     read for the field; no dialect can be used then
   */
  static Key of(Field field, String text) {
    Key key = of(text);
    Use use = AttributeFilter.standard().use(key.attribute());
    boolean mayQuote = field.quotes() || key.member() != null;
    if (use == Use.NONE || (use == Use.CONTENT && !mayQuote)) {
      throw new IllegalArgumentException(
          key.attribute() + " may not be read for " + field + ": allow it in AttributeFilter");
    }
    return key;
  }

  private static Key of(String text) {
    int at = text.indexOf('>');
    if (at < 0) {
      return new Key(text, null, null);
    }
    String member = text.substring(at + 1);
    return new Key(text.substring(0, at), member, '"' + member + '"');
  }
}
