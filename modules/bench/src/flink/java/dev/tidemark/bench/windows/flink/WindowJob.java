package dev.tidemark.bench.windows.flink;

import dev.tidemark.bench.windows.PeerTotals;
import dev.tidemark.bench.windows.RunSpec;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.SpanKind;
import dev.tidemark.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.ValueTypeInfo;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The three jobs: rows, whole objects, and rows that were linked by trace before. The sink delivers
 * at least once: the connector's transactional one reaches into an older Kafka client than ours.
 */
final class WindowJob {
  private static final Duration LATENESS = Duration.ofSeconds(15);
  private static final Duration WINDOW = Duration.ofSeconds(15);
  private static final TypeInformation<PeerTotals> TOTALS = Types.POJO(PeerTotals.class);
  private static final TypeInformation<Tuple2<String, byte[]>> OUT =
      Types.TUPLE(Types.STRING, Types.PRIMITIVE_ARRAY(Types.BYTE));
  private final RunSpec spec;

  WindowJob(RunSpec spec) {
    this.spec = spec;
  }

  void draw(StreamExecutionEnvironment environment) {
    DataStream<Tuple2<String, byte[]>> closed =
        switch (spec.contestant()) {
          case "flinkWindows" -> windows(rows(environment));
          case "flinkLinked" -> linked(environment);
          case "flinkObjects" -> windowsOfObjects(environment);
          default -> throw new IllegalArgumentException(spec.contestant());
        };
    closed.sinkTo(sink());
  }

  private DataStream<SpanRow> rows(StreamExecutionEnvironment environment) {
    return environment.fromSource(
        source(new RowReader(spec.registry())),
        WatermarkStrategy.<SpanRow>forBoundedOutOfOrderness(LATENESS)
            .withTimestampAssigner((row, arrival) -> row.endMs),
        "spans");
  }

  private static DataStream<Tuple2<String, byte[]>> windows(DataStream<SpanRow> rows) {
    return rows.filter(SpanRow::counts)
        .keyBy(row -> row.series, Types.STRING)
        .window(TumblingEventTimeWindows.of(WINDOW))
        .aggregate(new Totalling.OfRows(), new Closed(), TOTALS, TOTALS, OUT);
  }

  /** Records carry their arrival as time, as ours do; windows go by the end of the span. */
  private DataStream<Tuple2<String, byte[]>> linked(StreamExecutionEnvironment environment) {
    return environment
        .fromSource(
            source(new BytesReader()),
            WatermarkStrategy.<SpanBytes>forBoundedOutOfOrderness(LATENESS)
                .withTimestampAssigner((bytes, arrival) -> bytes.arrivalMs),
            "spans")
        .filter(SpanBytes::counts)
        .keyBy(bytes -> bytes.trace, Types.LONG)
        .process(
            new LinkSpans(spec.registry(), Topics.prefixed(spec.prefix()).spans().name()),
            new ValueTypeInfo<>(SpanRow.class))
        .keyBy(row -> row.series, Types.STRING)
        .window(new EndWindows(WINDOW.toMillis()))
        .aggregate(new Totalling.OfRows(), new Closed(), TOTALS, TOTALS, OUT);
  }

  private DataStream<Tuple2<String, byte[]>> windowsOfObjects(
      StreamExecutionEnvironment environment) {
    return environment
        .fromSource(
            source(new ObjectReader(spec.registry())),
            WatermarkStrategy.<AgentSpan>forBoundedOutOfOrderness(LATENESS)
                .withTimestampAssigner((span, arrival) -> span.getEndMs()),
            "spans")
        .filter(span -> span.getKind() != SpanKind.RUN)
        .keyBy(WindowJob::series, Types.STRING)
        .window(TumblingEventTimeWindows.of(WINDOW))
        .aggregate(new Totalling.OfSpans(), new Closed(), TOTALS, TOTALS, OUT);
  }

  private static String series(AgentSpan span) {
    return span.getKind() == SpanKind.LLM
        ? span.getModelName() + '/' + span.getModelBackend()
        : span.getToolName() + '/' + span.getToolVersion();
  }

  private <T> KafkaSource<T> source(KafkaRecordDeserializationSchema<T> reader) {
    return KafkaSource.<T>builder()
        .setBootstrapServers(spec.bootstrap())
        .setTopics(Topics.prefixed(spec.prefix()).spans().name())
        .setGroupId(spec.runId())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(reader)
        .build();
  }

  private KafkaSink<Tuple2<String, byte[]>> sink() {
    String topic = spec.output();
    Properties properties = new Properties();
    properties.setProperty("compression.type", "lz4");
    return KafkaSink.<Tuple2<String, byte[]>>builder()
        .setBootstrapServers(spec.bootstrap())
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(
            (window, context, timestamp) ->
                new ProducerRecord<>(
                    topic, window.f0.getBytes(StandardCharsets.ISO_8859_1), window.f1))
        .build();
  }
}
