package dev.tidemark.bench.windows;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.SpanKind;
import dev.tidemark.streams.observe.ObserveConfig.ArrivalClock;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.streams.KafkaStreams;

/**
 * What open runs cost in the heap of observe: 50,000 runs of ten spans that do not end, measured
 * after full collections.
 */
public final class HeapMain {
  private HeapMain() {}

  /** Arguments: a {@link RunSpec}. Prints {@code figure <name> <value>} lines and {@code done}. */
  public static void main(String[] args) {
    RunSpec spec = RunSpec.of(args);
    Parent.report(() -> measure(spec));
  }

  private static void measure(RunSpec spec) throws InterruptedException {
    int runs = spec.more("runs", 50_000);
    AvroSerdes serdes = AvroSerdes.of(Map.of("schema.registry.url", spec.registry()));
    Topics topics = Topics.prefixed(spec.prefix());
    var contestant =
        new StreamsContestant(
            OursConfig.streams(spec, ArrivalClock.PRODUCER), topics.spans().name(), 1);
    Parent.onEnd(contestant::close);
    contestant.start();
    while (contestant.streams().state() != KafkaStreams.State.RUNNING) {
      Thread.sleep(20);
    }
    Feed feed = new Feed(spec, serdes, topics, contestant);
    feed.openRuns(runs); // Buffers of clients and caches have their size after this.
    long before = used();
    feed.openRuns(runs);
    System.out.println("figure heapPerRunBytes " + (double) (used() - before) / runs);
  }

  /** Heap in use after everything unreachable is gone, bytes. */
  private static long used() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(300);
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }

  /** Sends runs without their roots, and waits until they are read. */
  private static final class Feed {
    private final RunSpec spec;
    private final AvroSerdes serdes;
    private final Topics topics;
    private final Contestant reader;
    private final RunMaker maker = new RunMaker(new Tools(50, false), new SplittableRandom(3));
    private long sent;
    private long lastMs = Shape.START_MS;

    Feed(RunSpec spec, AvroSerdes serdes, Topics topics, Contestant reader) {
      this.spec = spec;
      this.serdes = serdes;
      this.topics = topics;
      this.reader = reader;
    }

    /** All runs within ten seconds of event time, so that none of them is quiet. */
    void openRuns(int count) throws InterruptedException {
      try (var writer = new WorkloadWriter(spec.bootstrap(), serdes, topics, spec.partitions())) {
        List<Stamped> spans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          for (Stamped stamped : maker.run(Shape.START_MS)) {
            AgentSpan span = stamped.span();
            if (span.getKind() == SpanKind.RUN) {
              span.setKind(SpanKind.STEP);
            }
            spans.add(stamped);
          }
          if (spans.size() >= 10_000 || i == count - 1) {
            for (Stamped stamped : spans) {
              writer.span(stamped.span(), Math.max(stamped.arrivalMs(), lastMs));
              lastMs = Math.max(lastMs, Math.min(stamped.arrivalMs(), Shape.START_MS + 12_000));
              sent++;
            }
            spans.clear();
          }
        }
        writer.heartbeats(lastMs);
        sent += spec.partitions();
      }
      awaitRead();
    }

    private void awaitRead() throws InterruptedException {
      while (reader.consumed() < sent && reader.failure() == null) {
        Thread.sleep(50);
      }
      Thread.sleep(3L * spec.more("spillMs", 10_000));
    }
  }
}
