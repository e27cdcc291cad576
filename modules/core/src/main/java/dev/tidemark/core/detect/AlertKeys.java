package dev.tidemark.core.detect;

import dev.tidemark.records.Direction;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.util.Optional;

/**
 * Keys of alerts: a hash of the series, the signal and the direction. No time, no value, no mode
 * and no configuration, so that two modes that see one shift are one alert and an edited
 * configuration orphans none.
 */
public final class AlertKeys {
  private static final int DIGITS = 32;

  private AlertKeys() {}

  /** Key of an alert that is about the series as a whole: 32 hex digits. */
  public static String of(SeriesKey series, Signal signal, Direction direction) {
    return of(series, signal, direction, "");
  }

  /**
   * Key of an alert: 32 hex digits.
   *
   * @param item what in the series it is about, such as the name of an evaluation; empty when the
   *     signal says it all
   */
  public static String of(SeriesKey series, Signal signal, Direction direction, String item) {
    String canonical =
        part(series.getTenant())
            + part(series.getEnvironment())
            + part(series.getSubjectKind().name())
            + part(series.getSubjectName())
            + part(series.getAgentName())
            + part(series.getAgentVersion())
            + part(series.getToolVersion())
            + part(series.getModelBackend())
            + part(signal.name())
            + part(direction.name())
            + (item.isEmpty() ? "" : part(item));
    return DetectorSettings.Hashes.hex(canonical).substring(0, DIGITS);
  }

  /**
   * Key of the alert of the parent subject that tells the same: the agent version for a tool, the
   * fleet for an agent. Empty for a model, whose calls are not the tool attempts of its agent, for
   * a fleet, and for a signal that the parent does not have. The parent need not be firing.
   */
  public static Optional<String> parentOf(SeriesKey series, Signal signal, Direction direction) {
    return parentOf(series, signal, direction, "");
  }

  /** The same of an alert about an item of the series. */
  public static Optional<String> parentOf(
      SeriesKey series, Signal signal, Direction direction, String item) {
    Optional<SeriesKey> parent =
        switch (series.getSubjectKind()) {
          case TOOL -> Optional.of(agentOf(series));
          case AGENT -> Optional.of(fleetOf(series));
          case MODEL, POLICY, FLEET, UNKNOWN -> Optional.empty();
        };
    return parent
        .filter(key -> Watched.of(key.getSubjectKind()).containsKey(signal))
        .map(key -> of(key, signal, direction, item));
  }

  private static SeriesKey agentOf(SeriesKey tool) {
    return new SeriesKey(
        tool.getTenant(),
        tool.getEnvironment(),
        SubjectKind.AGENT,
        tool.getAgentName(),
        "",
        tool.getAgentVersion(),
        "",
        "");
  }

  private static SeriesKey fleetOf(SeriesKey agent) {
    return new SeriesKey(
        agent.getTenant(), agent.getEnvironment(), SubjectKind.FLEET, "*", "", "", "", "");
  }

  /** Length first, so that no two lists of parts give the same text. */
  private static String part(String text) {
    return text.length() + ":" + text + ";";
  }
}
