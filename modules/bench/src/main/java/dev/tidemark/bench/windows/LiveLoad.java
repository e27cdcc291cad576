package dev.tidemark.bench.windows;

import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.CostSource;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Partitioning;
import dev.tidemark.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * 5,000 spans a second at the pace of the clock, one in 25 of them a probe: a call of the tool
 * {@code probe-<partition>}, noted when sent. Events partitions get a heartbeat every 50 ms.
 */
final class LiveLoad implements AutoCloseable {
  static final int SPANS_PER_SECOND = 5_000;
  private static final int PROBE_EVERY = 25;
  private static final int HEARTBEAT_EVERY = SPANS_PER_SECOND / 20;
  private static final int PROBES_PER_RUN = 10;

  private final KafkaProducer<byte[], byte[]> producer;
  private final Serializer<AgentSpan> serializer;
  private final Topics topics;
  private final int partitions;
  private final SpanSource source;
  private final Probes probes;
  private final Arrivals arrivals;
  private final SplittableRandom random = new SplittableRandom(7);
  private final String[] traces;
  private final int[] used;
  private final Thread thread = new Thread(this::send, "live-load");
  private volatile boolean ending;
  private volatile long sent;

  LiveLoad(RunSpec spec, AvroSerdes serdes, long seed, Probes probes, Arrivals arrivals) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", spec.bootstrap());
    config.put("compression.type", "lz4");
    config.put("linger.ms", 5);
    this.producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    this.serializer = serdes.value(AgentSpan.class).serializer();
    this.topics = Topics.prefixed(spec.prefix());
    this.partitions = spec.partitions();
    this.source = new SpanSource(Shape.usual(Integer.MAX_VALUE, partitions), seed);
    this.probes = probes;
    this.arrivals = arrivals;
    this.traces = new String[partitions];
    this.used = new int[partitions];
  }

  void start() {
    thread.start();
  }

  /** Spans sent so far. */
  long sent() {
    return sent;
  }

  private void send() {
    long start = System.nanoTime();
    for (long count = 0; !ending; count++) {
      long due = start + count * 1_000_000_000L / SPANS_PER_SECOND;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(1_000_000);
      }
      if (count % PROBE_EVERY == 0) {
        probe((int) (count / PROBE_EVERY % partitions));
      } else {
        ordinary();
      }
      if (count % HEARTBEAT_EVERY == 0) {
        heartbeats();
      }
      sent = count;
    }
  }

  private void ordinary() {
    Stamped next = source.next();
    AgentSpan span = next.span();
    long shift = System.currentTimeMillis() - next.arrivalMs();
    span.setStartMs(span.getStartMs() + shift);
    span.setEndMs(span.getEndMs() + shift);
    send(span, Partitioning.trace(span.getTraceId(), partitions));
  }

  private void probe(int partition) {
    if (used[partition]++ % PROBES_PER_RUN == 0) {
      traces[partition] = traceOf(partition);
    }
    AgentSpan span = new AgentSpan();
    span.setTraceId(traces[partition]);
    span.setSpanId(HexFormat.of().toHexDigits(random.nextLong()));
    span.setTenant("default");
    span.setEnvironment("production");
    span.setAgentName("support");
    span.setAgentVersion("2026.11.1");
    span.setDialect("native");
    span.setActor(Actor.AGENT);
    span.setCostSource(CostSource.UNKNOWN);
    span.setKind(SpanKind.TOOL);
    span.setName("probe");
    span.setToolName(Probes.tool(partition));
    span.setToolVersion(Probes.VERSION);
    span.setDurationUs(1_000L);
    span.setOutcome(Outcome.OK);
    long now = System.currentTimeMillis();
    span.setStartMs(now - 1);
    span.setEndMs(now);
    probes.sent(partition, now, System.nanoTime());
    send(span, partition);
  }

  private String traceOf(int partition) {
    while (true) {
      String trace =
          HexFormat.of().toHexDigits(random.nextLong())
              + HexFormat.of().toHexDigits(random.nextLong());
      if (Partitioning.trace(trace, partitions) == partition) {
        return trace;
      }
    }
  }

  private void send(AgentSpan span, int partition) {
    String topic = topics.spans().name();
    byte[] key = span.getTraceId().getBytes(StandardCharsets.UTF_8);
    byte[] value = serializer.serialize(topic, span);
    var unused =
        producer.send(
            new ProducerRecord<>(topic, partition, key, value),
            (sent, problem) -> arrived(0, sent, problem));
  }

  private void heartbeats() {
    Headers headers = new RecordHeaders().add("tidemark-heartbeat", new byte[0]);
    for (int p = 0; p < partitions; p++) {
      var unused =
          producer.send(
              new ProducerRecord<>(topics.events().name(), p, null, null, null, headers),
              (sent, problem) -> arrived(1, sent, problem));
    }
  }

  private void arrived(int topic, RecordMetadata sent, Exception problem) {
    if (problem == null) {
      arrivals.at(topic * partitions + sent.partition(), sent.timestamp());
    }
  }

  @Override
  public void close() {
    ending = true;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }
}
