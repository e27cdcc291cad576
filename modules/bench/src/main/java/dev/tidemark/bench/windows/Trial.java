package dev.tidemark.bench.windows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** One run of one contestant over one shape, watched from outside. */
final class Trial {
  private static final Duration LOOK_EVERY = Duration.ofMillis(15);
  private static final Duration QUIET = Duration.ofMillis(2_500);

  /** Busier than this, cores, and it is not done, whatever its output says. */
  private static final double IDLE_CORES = 0.25;

  private static final Duration PATIENCE = Duration.ofMinutes(8);

  private final Lab lab;
  private final RunSpec spec;
  private final List<String> outputs;
  private final AtomicLong consumed = new AtomicLong();
  private final AtomicReference<String> failure = new AtomicReference<>();

  /**
   * @param outputs topics it writes; empty for those that write nothing
   */
  Trial(Lab lab, RunSpec spec, List<String> outputs) {
    this.lab = lab;
    this.spec = spec;
    this.outputs = outputs;
  }

  /** Runs it to its last output. */
  Stretch run(double warmUp) {
    Path errors = lab.directory("errors").resolve(spec.runId() + ".err");
    try (ChildJvm child =
        ChildJvm.start(ContestantMain.class, ChildJvm.FLAGS, spec.args(), errors, this::told)) {
      List<Sample> samples = watch(child);
      return Stretch.of(samples, spec.records(), warmUp);
    }
  }

  private void told(String line) {
    if (line.startsWith("consumed ")) {
      consumed.set(Long.parseLong(line.substring(9)));
    } else if (line.startsWith("failed ")) {
      failure.set(line.substring(7));
    }
  }

  private List<Sample> watch(ChildJvm child) {
    List<Sample> samples = new ArrayList<>();
    Map<TopicPartition, OffsetSpec> ends = ends();
    long start = System.nanoTime();
    long changed = start;
    double cpuThen = 0;
    long output = 0;
    while (true) {
      Lab.pause(LOOK_EVERY);
      long now = System.nanoTime();
      long read = consumed.get();
      Sample before = samples.isEmpty() ? null : samples.get(samples.size() - 1);
      if (!ends.isEmpty() && samples.size() % 4 == 0) {
        output = committed(ends);
      }
      Sample latest = new Sample(now, child.cpuSeconds(), lab.broker().cpuSeconds(), read, output);
      samples.add(latest);
      if (before == null || before.consumed() != read || before.output() != output) {
        changed = now;
        cpuThen = latest.appCpu();
      }
      boolean still = now - changed > QUIET.toNanos();
      if (still && (latest.appCpu() - cpuThen) / (now - changed) * 1e9 > IDLE_CORES) {
        changed = now;
        cpuThen = latest.appCpu();
        still = false;
      }
      if (read >= spec.records() && (ends.isEmpty() || (still && output > 0))) {
        return samples;
      }
      if (!child.alive() || failure.get() != null || now - start > PATIENCE.toNanos()) {
        throw new BenchFailure(
            spec.contestant()
                + " did not finish: "
                + (failure.get() != null ? failure.get() : child.complaint())
                + " (read "
                + read
                + " of "
                + spec.records()
                + ")");
      }
    }
  }

  private Map<TopicPartition, OffsetSpec> ends() {
    return outputs.stream()
        .flatMap(
            topic ->
                IntStream.range(0, spec.partitions()).mapToObj(p -> new TopicPartition(topic, p)))
        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
  }

  /** All outputs together; 0 while one of the topics has nothing yet. */
  private long committed(Map<TopicPartition, OffsetSpec> ends) {
    var found =
        Lab.await(
            lab.admin()
                .listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all());
    Map<String, Long> byTopic = new HashMap<>();
    found.forEach((partition, end) -> byTopic.merge(partition.topic(), end.offset(), Long::sum));
    return byTopic.containsValue(0L)
        ? 0
        : byTopic.values().stream().mapToLong(offset -> offset).sum();
  }
}
