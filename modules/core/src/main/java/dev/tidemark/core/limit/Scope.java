package dev.tidemark.core.limit;

import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import java.util.Locale;

/**
 * Which series a rule is about.
 *
 * @param kind kind of the subject
 * @param name exact name, or a star for any
 * @param tenant exact, or a star
 * @param environment exact, or a star
 * @param agent exact, or a star: the agent whose version counts, or the subject of an AGENT
 */
public record Scope(
    SubjectKind kind, String name, String tenant, String environment, String agent) {
  /** Matches everything. */
  public static final String ANY = "*";

  /** Every series of a kind with this name. */
  public static Scope of(SubjectKind kind, String name) {
    return new Scope(kind, name, ANY, ANY, ANY);
  }

  boolean covers(SeriesKey key) {
    String of =
        key.getSubjectKind() == SubjectKind.AGENT ? key.getSubjectName() : key.getAgentName();
    return key.getSubjectKind() == kind
        && matches(name, key.getSubjectName())
        && matches(tenant, key.getTenant())
        && matches(environment, key.getEnvironment())
        && matches(agent, of);
  }

  private static boolean matches(String pattern, String text) {
    return pattern.equals(ANY) || pattern.equals(text);
  }

  /** In words, such as {@code tool search} or {@code every agent}. */
  String words() {
    String kindWord = kind.name().toLowerCase(Locale.ROOT);
    return name.equals(ANY) ? "every " + kindWord : kindWord + " " + name;
  }
}
