package dev.tidemark.bench.windows.flink;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.FlatRecord;
import dev.tidemark.wire.FlatRecords;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ValueTypeInfo;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Cuts rows out of the bytes with the same reader that ours uses. */
final class RowReader implements KafkaRecordDeserializationSchema<SpanRow> {
  private static final long serialVersionUID = 1L;
  private final String registry;
  private transient FlatRecords<AgentSpan> spans;
  private transient ReadCount count;
  private transient int kind;
  private transient int outcome;
  private transient int attempt;
  private transient int end;
  private transient int duration;
  private transient int cost;
  private transient int input;
  private transient int output;
  private transient int tool;
  private transient int toolVersion;
  private transient int model;
  private transient int backend;

  RowReader(String registry) {
    this.registry = registry;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    spans =
        new FlatRecords<>(AvroSerdes.of(Map.of("schema.registry.url", registry)), AgentSpan.class);
    count = new ReadCount();
    kind = spans.field("kind");
    outcome = spans.field("outcome");
    attempt = spans.field("attempt");
    end = spans.field("endMs");
    duration = spans.field("durationUs");
    cost = spans.field("costMicros");
    input = spans.field("inputTokens");
    output = spans.field("outputTokens");
    tool = spans.field("toolName");
    toolVersion = spans.field("toolVersion");
    model = spans.field("modelName");
    backend = spans.field("modelBackend");
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SpanRow> out) {
    count.one();
    SpanRow row = new SpanRow();
    if (record.value() == null) {
      row.endMs = record.timestamp();
      out.collect(row);
      return;
    }
    FlatRecord span = spans.read(record.topic(), record.headers(), record.value());
    row.endMs = span.number(end);
    long what = span.number(kind);
    if (what == KIND_TOOL) {
      row.series = between(span, tool, toolVersion);
    } else if (what == KIND_LLM) {
      row.series = between(span, model, backend);
    }
    long how = span.number(outcome);
    row.attempts = 1;
    row.errors = how == ERROR || how == TOOL_ERROR || how == TIMEOUT ? 1 : 0;
    row.denied = how == DENIED ? 1 : 0;
    row.retries = span.number(attempt, 1) > 1 ? 1 : 0;
    row.cost = span.number(cost, 0);
    row.inputTokens = span.number(input, 0);
    row.outputTokens = span.number(output, 0);
    row.micros = span.number(duration, -1);
    out.collect(row);
  }

  /** Name and version stand side by side in the record, so one string holds both. */
  private static String between(FlatRecord span, int from, int to) {
    int start = span.start(from);
    int end = span.has(to) ? span.end(to) : span.end(from);
    return new String(span.bytes(), start, end - start, StandardCharsets.ISO_8859_1);
  }

  private static final long KIND_TOOL = AgentSpanOrdinals.of(SpanKind.TOOL);
  private static final long KIND_LLM = AgentSpanOrdinals.of(SpanKind.LLM);
  private static final long ERROR = AgentSpanOrdinals.of(Outcome.ERROR);
  private static final long TOOL_ERROR = AgentSpanOrdinals.of(Outcome.TOOL_ERROR);
  private static final long TIMEOUT = AgentSpanOrdinals.of(Outcome.TIMEOUT);
  private static final long DENIED = AgentSpanOrdinals.of(Outcome.DENIED);

  @Override
  public TypeInformation<SpanRow> getProducedType() {
    return new ValueTypeInfo<>(SpanRow.class);
  }
}
