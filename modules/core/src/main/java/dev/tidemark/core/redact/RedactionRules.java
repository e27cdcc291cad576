package dev.tidemark.core.redact;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which rules a {@link Redactor} follows: the standard ones, less those a deployment does without,
 * plus its own patterns. Immutable.
 *
 * <pre>{@code
 * Redactor redactor = Redactor.of(
 *     RedactionRules.standard().pattern("booking_code", "\\bPNR[A-Z0-9]{6}\\b").without("phone"));
 * }</pre>
 */
public final class RedactionRules {
  private static final RedactionRules STANDARD = new RedactionRules(StandardRules.ALL, List.of());
  final List<SecretRule> standard;
  final List<CustomRule> custom;

  RedactionRules(List<SecretRule> standard, List<CustomRule> custom) {
    this.standard = List.copyOf(standard);
    this.custom = List.copyOf(custom);
  }

  /** All standard rules and no other. */
  public static RedactionRules standard() {
    return STANDARD;
  }

  /**
   * One rule more: whatever {@code regex} finds becomes {@code [redacted:name]}. Patterns are asked
   * before the standard rules. The syntax is that of RE2, whose work is linear in the text.
   *
   * @throws IllegalArgumentException when the name is taken or no name, or the pattern is none or
   *     matches the empty text; one sentence
   */
  public RedactionRules pattern(String name, String regex) {
    if (names().contains(name) || name.equals(RedactionReport.RULE_ERROR)) {
      throw new IllegalArgumentException(
          "redaction rule '" + name + "' exists already: give the pattern another name");
    }
    var more = new ArrayList<>(custom);
    more.add(CustomRule.of(name, regex));
    return new RedactionRules(standard, more);
  }

  /**
   * One standard rule less.
   *
   * @throws IllegalArgumentException when there is no such rule; the sentence names those there are
   */
  public RedactionRules without(String name) {
    List<SecretRule> left = standard.stream().filter(rule -> !rule.kind().equals(name)).toList();
    if (left.size() == standard.size()) {
      throw new IllegalArgumentException(
          "redaction rule '" + name + "' does not exist: there are " + names());
    }
    return new RedactionRules(left, custom);
  }

  /** Names of the rules, as a {@link RedactionReport} tells them. */
  public List<String> names() {
    Set<String> names = new HashSet<>();
    standard.forEach(rule -> names.add(rule.kind()));
    custom.forEach(rule -> names.add(rule.kind()));
    return names.stream().sorted().toList();
  }
}
