package dev.tidemark.bench.ingest;

import com.sun.management.OperatingSystemMXBean;
import dev.tidemark.bench.ingest.RecordedBodies.Body;
import dev.tidemark.ingest.Batch;
import dev.tidemark.ingest.otlp.OtlpProto;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topics;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;

/**
 * {@code ./tidemark bench ingest}: spans per second of CPU from the bytes of an OTLP request to the
 * bytes of our records, redaction on, beside what protobuf's own parser takes for the same bytes.
 * CPU is that of the process, garbage collector included. Prints a table and, as the last line, one
 * JSON object.
 */
public final class IngestBench {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final List<Body> bodies = RecordedBodies.all();
  private final Topics topics = Topics.plain();
  private final Serializer<AgentSpan> spans;
  private final Serializer<AgentEvent> events;
  private long seen;

  private interface Step {
    /** Takes a request; answers something that depends on all of it. */
    long take(byte[] body) throws IOException;
  }

  private IngestBench() throws IOException {
    AvroSerdes serdes = AvroSerdes.of(Map.of("schema.registry.url", "mock://bench-ingest"));
    spans = serdes.value(AgentSpan.class).serializer();
    events = serdes.value(AgentEvent.class).serializer();
  }

  /**
   * Runs it.
   *
   * @return exit code: 0, or 2 when the arguments make no sense
   */
  public static int run(List<String> args) throws IOException {
    return switch (String.join(" ", args)) {
      case "", "--quick" -> measure(9, Duration.ofSeconds(2));
      case "--full" -> measure(31, Duration.ofSeconds(5));
      default -> {
        System.err.println("bench: ingest takes --quick or --full");
        yield 2;
      }
    };
  }

  static int measure(int rounds, Duration each) throws IOException {
    new IngestBench().compare(rounds, each);
    return 0;
  }

  private void compare(int rounds, Duration each) throws IOException {
    Map<String, Step> steps = new LinkedHashMap<>();
    steps.put(
        "decode only (protobuf's own parser)",
        body -> ExportTraceServiceRequest.parseFrom(body).getResourceSpansCount());
    steps.put("decode to spans", body -> OtlpProto.traces(body).size());
    steps.put("decode, normalize, redact", body -> batch(body).spans().size());
    steps.put("decode, normalize, redact, encode", this::records);
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    for (int round = -2; round < rounds; round++) {
      for (Map.Entry<String, Step> step : steps.entrySet()) {
        double rate = spansPerCpuSecond(step.getValue(), each);
        if (round >= 0) {
          rates.computeIfAbsent(step.getKey(), name -> new ArrayList<>()).add(rate);
        }
      }
    }
    System.out.printf(Locale.ROOT, "%-36s %14s %12s%n", "step", "spans/CPU s", "us per span");
    rates.forEach(
        (name, all) ->
            System.out.printf(
                Locale.ROOT, "%-36s %14.0f %12.2f%n", name, median(all), 1e6 / median(all)));
    int count = bodies.stream().mapToInt(Body::spans).sum();
    int bytes = bodies.stream().mapToInt(body -> body.bytes().length).sum();
    System.out.printf(
        Locale.ROOT,
        "%d spans of four clients in %d B, %d rounds of %d s, medians%n%n",
        count,
        bytes,
        rounds,
        each.toSeconds());
    List<List<Double>> all = new ArrayList<>(rates.values());
    List<Double> floor = all.get(0);
    List<Double> whole = all.get(all.size() - 1);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      ratios.add(whole.get(i) / floor.get(i));
    }
    System.out.printf(
        Locale.ROOT,
        "{\"benchmark\":\"ingest\",\"spansPerCpuSecond\":%.0f,"
            + "\"decodeOnlySpansPerCpuSecond\":%.0f,\"ratio\":%.3f}%n",
        median(whole),
        median(floor),
        median(ratios));
  }

  private Batch batch(byte[] body) throws IOException {
    Batch batch = Batch.ofSpans(OtlpProto.traces(body), "default");
    if (batch.rejected() > 0) {
      throw new IllegalStateException("recorded spans are refused: " + batch.reason());
    }
    return batch;
  }

  private long records(byte[] body) throws IOException {
    Batch batch = batch(body);
    long size = 0;
    for (AgentSpan span : batch.spans()) {
      size += spans.serialize(topics.spans().name(), span).length;
    }
    for (AgentEvent event : batch.events()) {
      size += events.serialize(topics.events().name(), event).length;
    }
    return size;
  }

  private double spansPerCpuSecond(Step step, Duration each) throws IOException {
    long until = System.nanoTime() + each.toNanos();
    long began = PROCESS.getProcessCpuTime();
    long taken = 0;
    while (System.nanoTime() < until) {
      for (Body body : bodies) {
        seen += step.take(body.bytes());
        taken += body.spans();
      }
    }
    if (seen == 0) {
      throw new IllegalStateException("nothing was read from recorded bodies");
    }
    return taken * 1e9 / (PROCESS.getProcessCpuTime() - began);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
