package dev.tidemark.core.detect;

import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;

/** Texts and bytes of series keys in the store of detectors. */
final class SeriesKeys {
  private static final String BETWEEN = "\u0000";

  private SeriesKeys() {}

  /** Store key of a series. */
  static String series(SeriesKey key) {
    return String.join(
        BETWEEN,
        "series",
        lineage(key),
        key.getAgentVersion(),
        key.getToolVersion(),
        key.getModelBackend());
  }

  /** Store key of what versions are compared within: the subject in one agent. */
  static String subject(SeriesKey key) {
    return "subject" + BETWEEN + lineage(key);
  }

  private static String lineage(SeriesKey key) {
    return String.join(
        BETWEEN,
        key.getTenant(),
        key.getEnvironment(),
        key.getSubjectKind().name(),
        key.getSubjectName(),
        key.getAgentName());
  }

  static void write(StateWriter out, SeriesKey key) {
    out.text(key.getTenant()).text(key.getEnvironment()).text(key.getSubjectKind().name());
    out.text(key.getSubjectName()).text(key.getAgentName()).text(key.getAgentVersion());
    out.text(key.getToolVersion()).text(key.getModelBackend());
  }

  static SeriesKey read(StateReader in) {
    String tenant = in.text();
    String environment = in.text();
    SubjectKind kind = SubjectKind.valueOf(in.text());
    return new SeriesKey(
        tenant, environment, kind, in.text(), in.text(), in.text(), in.text(), in.text());
  }
}
