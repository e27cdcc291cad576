package dev.tidemark.streams.observe;

import dev.tidemark.core.window.Names;
import dev.tidemark.core.window.Series;
import dev.tidemark.records.AgentEvent;

/** How names that clients send become names of series. */
final class Naming {
  private static final String DEFAULT = "default";

  private Naming() {}

  static Series.Scope scope(String tenant, String environment, String agent, String version) {
    String v = version(version);
    return new Series.Scope(
        Names.normalized(tenant, DEFAULT),
        Names.normalized(environment, DEFAULT),
        name(agent),
        v == null ? Series.UNKNOWN : v);
  }

  static Series.Scope scope(AgentEvent event) {
    return scope(
        event.getTenant(), event.getEnvironment(), event.getAgentName(), event.getAgentVersion());
  }

  /** A name; {@code unknown} when it is blank. */
  static String name(String told) {
    return Names.normalized(told);
  }

  /** A version or backend; null when nobody said. */
  static String version(String told) {
    return told == null ? null : Names.normalized(told);
  }
}
