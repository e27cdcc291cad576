package dev.tidemark.core.window;

import java.util.Locale;

/** By what the windows of a kind of subject are taken apart. */
enum Dimension {
  /** Of a tool: which side of the conversation called it. */
  ACTOR,
  /** Of a fleet: the agent and its version. */
  AGENT,
  /** Of an agent: the model and its backend. */
  MODEL,
  /** Of an agent: the tool and its version. */
  TOOL;

  private final String prefix = name().toLowerCase(Locale.ROOT) + ":";

  /** A value of the dimension as windows name it. */
  String part(String value) {
    return prefix + value;
  }

  /** The dimension of a part by its name. */
  static Dimension of(String part) {
    for (Dimension dimension : values()) {
      if (part.startsWith(dimension.prefix)) {
        return dimension;
      }
    }
    throw new IllegalArgumentException("no part of a window: " + part);
  }

  /** What a series is called as a part of its parent; null when it is part of none. */
  static String part(Series series) {
    return switch (series.kind()) {
      case TOOL -> TOOL.part(value(series, series.toolVersion()));
      case MODEL -> MODEL.part(value(series, series.modelBackend()));
      case AGENT -> AGENT.part(value(series, series.agentVersion()));
      case POLICY, FLEET, UNKNOWN -> null;
    };
  }

  private static String value(Series series, String version) {
    return series.kept() ? series.name() + "@" + version : Series.OVERFLOW;
  }
}
