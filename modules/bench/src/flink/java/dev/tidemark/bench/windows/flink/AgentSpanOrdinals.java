package dev.tidemark.bench.windows.flink;

import dev.tidemark.records.AgentSpan;
import org.apache.avro.Schema;

/** Ordinals of enum symbols in the reader's schema, as flat records tell them. */
final class AgentSpanOrdinals {
  private AgentSpanOrdinals() {}

  static long of(Enum<?> symbol) {
    for (Schema.Field field : AgentSpan.SCHEMA$.getFields()) {
      Schema type = field.schema();
      if (type.getType() == Schema.Type.ENUM
          && type.getName().equals(symbol.getDeclaringClass().getSimpleName())) {
        return type.getEnumOrdinal(symbol.name());
      }
    }
    throw new IllegalArgumentException(symbol.toString());
  }
}
