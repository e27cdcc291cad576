package dev.tidemark.bench.windows;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;

/**
 * The usual way in the Kafka Streams DSL: Avro objects, groupBy, windowedBy, aggregate, at
 * exactly_once_v2. No deduplication and no run linking: only retries that are declared count.
 */
final class NaiveContestant extends StreamsContestant {
  static final String STORE = "windows-by-tool";
  private static final Duration COMMIT = Duration.ofMillis(100);

  /** Longer than a whole set, or what one partition reads ahead would make others' spans late. */
  private static final Duration GRACE = Duration.ofMinutes(15);

  NaiveContestant(RunSpec spec) {
    super(streams(spec), Topics.prefixed(spec.prefix()).spans().name(), 1);
  }

  private static KafkaStreams streams(RunSpec spec) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, spec.runId());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, spec.bootstrap());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, spec.directory().toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT.toMillis());
    properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    properties.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
    return new KafkaStreams(topology(spec), properties);
  }

  private static Topology topology(RunSpec spec) {
    AvroSerdes serdes = AvroSerdes.of(Map.of("schema.registry.url", spec.registry()));
    Serde<AgentSpan> spans = serdes.value(AgentSpan.class);
    Duration window = Duration.ofMillis(spec.more("windowMs", 15_000));
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            Topics.prefixed(spec.prefix()).spans().name(),
            Consumed.with(Serdes.String(), spans)
                .withTimestampExtractor(NaiveContestant::eventTime))
        .filter((trace, span) -> span != null && span.getKind() != SpanKind.RUN)
        .groupBy(
            (trace, span) -> series(span), Grouped.with("spans-by-tool", Serdes.String(), spans))
        .windowedBy(TimeWindows.ofSizeAndGrace(window, GRACE))
        .aggregate(
            PeerTotals::new,
            (series, span, totals) -> add(span, totals),
            Materialized.<String, PeerTotals>as(store(spec, window))
                .withKeySerde(Serdes.String())
                .withValueSerde(totals()))
        .toStream()
        .map((key, totals) -> KeyValue.pair(key.key() + '@' + key.window().start(), totals))
        .to(spec.output(), Produced.with(Serdes.String(), totals()));
    return builder.build();
  }

  private static WindowBytesStoreSupplier store(RunSpec spec, Duration window) {
    Duration retention = window.plus(GRACE);
    return spec.contestant().equals(Contestants.NAIVE_IN_MEMORY)
        ? Stores.inMemoryWindowStore(STORE, retention, window, false)
        : Stores.persistentWindowStore(STORE, retention, window, false);
  }

  static Serde<PeerTotals> totals() {
    return Serdes.serdeFrom(
        (topic, totals) -> totals == null ? null : totals.toBytes(),
        (topic, bytes) -> bytes == null ? null : PeerTotals.of(bytes));
  }

  private static long eventTime(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.value() instanceof AgentSpan span ? span.getEndMs() : record.timestamp();
  }

  private static String series(AgentSpan span) {
    return span.getKind() == SpanKind.LLM
        ? span.getModelName() + '/' + span.getModelBackend()
        : span.getToolName() + '/' + span.getToolVersion();
  }

  private static PeerTotals add(AgentSpan span, PeerTotals totals) {
    Outcome outcome = span.getOutcome();
    totals.addOne(
        outcome == Outcome.ERROR || outcome == Outcome.TOOL_ERROR || outcome == Outcome.TIMEOUT,
        span.getAttempt() != null && span.getAttempt() > 1,
        outcome == Outcome.DENIED,
        orZero(span.getCostMicros()),
        orZero(span.getInputTokens()),
        orZero(span.getOutputTokens()),
        span.getDurationUs() == null ? -1 : span.getDurationUs());
    return totals;
  }

  private static long orZero(Long value) {
    return value == null ? 0 : value;
  }
}
