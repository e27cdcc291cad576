package dev.tidemark.core.detect;

import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.util.ArrayList;
import java.util.List;

/** Texts and bytes of series keys in the store of detectors. */
final class SeriesKeys {
  /** Prefix of the keys of all subjects. */
  static final String SUBJECTS = "subject\u0000";

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

  /** Store key of one signal of a series. */
  static String signal(SeriesKey key, SignalId id) {
    return String.join(
        BETWEEN,
        "signal",
        lineage(key),
        key.getAgentVersion(),
        key.getToolVersion(),
        key.getModelBackend(),
        id.signal().name(),
        id.item());
  }

  /** Store key of what a series is made of. */
  static String parts(SeriesKey key) {
    return "parts" + BETWEEN + series(key);
  }

  /** Store key of the names a subject has shown. */
  static String facts(SeriesKey key) {
    return "facts" + BETWEEN + lineage(key);
  }

  /** Store key of the versions of a subject that are alive at the same time. */
  static String concurrent(SeriesKey key) {
    return "concurrent" + BETWEEN + lineage(key);
  }

  static void writeSignals(StateWriter out, List<SignalId> ids) {
    out.whole(ids.size());
    ids.forEach(id -> out.text(id.signal().name()).text(id.item()));
  }

  static List<SignalId> readSignals(StateReader in) {
    List<SignalId> ids = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      ids.add(new SignalId(Signal.valueOf(in.text()), in.text()));
    }
    return ids;
  }

  /** Store key of what versions are compared within: the subject in one agent. */
  static String subject(SeriesKey key) {
    return SUBJECTS + lineage(key);
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
