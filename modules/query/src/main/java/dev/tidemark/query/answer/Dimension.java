package dev.tidemark.query.answer;

import dev.tidemark.records.SeriesKey;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Collectors;

/** The dimensions of a series that questions may filter by and group by. */
enum Dimension {
  TENANT("tenant"),
  ENVIRONMENT("environment"),
  AGENT_NAME("agentName"),
  AGENT_VERSION("agentVersion"),
  TOOL_VERSION("toolVersion"),
  MODEL_BACKEND("modelBackend");

  /** Stands for a dimension that was merged away. */
  static final String ALL = "*";

  private final String parameter;
  private final int position;

  Dimension(String field) {
    this.parameter = field;
    this.position = SeriesKey.SCHEMA$.getField(field).pos();
  }

  String parameter() {
    return parameter;
  }

  String of(SeriesKey key) {
    return (String) key.get(position);
  }

  /** The key with every dimension outside {@code kept} replaced by a star. */
  static SeriesKey project(SeriesKey key, EnumSet<Dimension> kept) {
    SeriesKey projected = SeriesKey.newBuilder(key).build();
    for (Dimension dimension : EnumSet.complementOf(kept)) {
      if (!dimension.of(key).isEmpty()) {
        projected.put(dimension.position, ALL);
      }
    }
    return projected;
  }

  static String names() {
    return Arrays.stream(values()).map(Dimension::parameter).collect(Collectors.joining(", "));
  }
}
