package dev.tidemark.core.detect;

import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import java.util.Optional;

/** Names of the parts of a window: {@code DIMENSION:NAME@VERSION}. */
final class Parts {
  private static final String OVERFLOW = ":__overflow__";
  private static final String TOOL = "tool:";
  private static final String UNKNOWN = "unknown";

  private Parts() {}

  static boolean overflow(String part) {
    return part.endsWith(OVERFLOW);
  }

  static String dimension(String part) {
    return part.substring(0, part.indexOf(':'));
  }

  /** Name and version as people read it: a version nobody told is left out. */
  static String value(String part) {
    String value = part.substring(part.indexOf(':') + 1);
    return value.endsWith("@" + UNKNOWN)
        ? value.substring(0, value.length() - UNKNOWN.length() - 1)
        : value;
  }

  /** Name of a tool without its version; empty for the part of another dimension. */
  static Optional<String> toolName(String part) {
    if (!part.startsWith(TOOL)) {
      return Optional.empty();
    }
    int at = part.lastIndexOf('@');
    return Optional.of(part.substring(TOOL.length(), at < 0 ? part.length() : at));
  }

  /** The series a part is a summary of; empty for what is no series. */
  static Optional<SeriesKey> series(SeriesKey whole, String part) {
    int at = part.lastIndexOf('@');
    if (overflow(part) || at < 0) {
      return Optional.empty();
    }
    String name = part.substring(part.indexOf(':') + 1, at);
    String version = part.substring(at + 1);
    return switch (dimension(part)) {
      case "tool" -> Optional.of(child(whole, SubjectKind.TOOL, name, version, ""));
      case "model" -> Optional.of(child(whole, SubjectKind.MODEL, name, "", version));
      case "agent" ->
          Optional.of(
              new SeriesKey(
                  whole.getTenant(),
                  whole.getEnvironment(),
                  SubjectKind.AGENT,
                  name,
                  "",
                  version,
                  "",
                  ""));
      default -> Optional.empty();
    };
  }

  private static SeriesKey child(
      SeriesKey agent, SubjectKind kind, String name, String toolVersion, String backend) {
    return new SeriesKey(
        agent.getTenant(),
        agent.getEnvironment(),
        kind,
        name,
        agent.getSubjectName(),
        agent.getAgentVersion(),
        toolVersion,
        backend);
  }
}
