package dev.tidemark.query.answer;

import dev.tidemark.records.SeriesKey;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The dimensions of a series that questions may filter by and group by. */
enum Dimension {
  TENANT("tenant", SeriesKey::getTenant, SeriesKey::setTenant),
  ENVIRONMENT("environment", SeriesKey::getEnvironment, SeriesKey::setEnvironment),
  AGENT_NAME("agentName", SeriesKey::getAgentName, SeriesKey::setAgentName),
  AGENT_VERSION("agentVersion", SeriesKey::getAgentVersion, SeriesKey::setAgentVersion),
  TOOL_VERSION("toolVersion", SeriesKey::getToolVersion, SeriesKey::setToolVersion),
  MODEL_BACKEND("modelBackend", SeriesKey::getModelBackend, SeriesKey::setModelBackend);

  /** Stands for a dimension that was merged away. */
  static final String ALL = "*";

  private final String parameter;
  private final Function<SeriesKey, String> reader;
  private final BiConsumer<SeriesKey, String> writer;

  Dimension(
      String parameter, Function<SeriesKey, String> reader, BiConsumer<SeriesKey, String> writer) {
    this.parameter = parameter;
    this.reader = reader;
    this.writer = writer;
  }

  String parameter() {
    return parameter;
  }

  String of(SeriesKey key) {
    return reader.apply(key);
  }

  /** The key with every dimension outside {@code kept} replaced by a star. */
  static SeriesKey project(SeriesKey key, Set<Dimension> kept) {
    SeriesKey projected = SeriesKey.newBuilder(key).build();
    for (Dimension dimension : EnumSet.complementOf(EnumSet.copyOf(kept))) {
      if (!dimension.of(key).isEmpty()) {
        dimension.writer.accept(projected, ALL);
      }
    }
    return projected;
  }

  static String names() {
    return Arrays.stream(values()).map(Dimension::parameter).collect(Collectors.joining(", "));
  }
}
