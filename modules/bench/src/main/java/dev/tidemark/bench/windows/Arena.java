package dev.tidemark.bench.windows;

import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topic.Clock;
import dev.tidemark.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One shape on the broker, and contestants that read it one after the other. */
final class Arena implements AutoCloseable {
  /** Share of the records before the figures begin: the compilers are still busy after a third. */
  static final double WARM_UP = 1.0 / 2;

  private final Lab lab;
  private final Shape shape;
  private final Topics topics;
  private final Written written;
  private final Notes notes;
  private final Measured measured = new Measured();
  private final Map<String, OutputCheck> checks = new LinkedHashMap<>();
  private int runs;

  Arena(Lab lab, Shape shape, long seed, Notes notes) {
    this.lab = lab;
    this.shape = shape;
    this.notes = notes;
    this.topics = Topics.prefixed(shape.prefix());
    lab.create(
        List.of(
            topics.spans().stampedBy(Clock.PRODUCER), topics.events().stampedBy(Clock.PRODUCER)),
        shape.partitions());
    notes.progress("writing " + shape.spans() + " spans, " + shape.series() + " series");
    try (var writer =
        new WorkloadWriter(lab.bootstrap(), lab.serdes(), topics, shape.partitions())) {
      written = writer.write(new SpanSource(shape, seed));
    }
  }

  Shape shape() {
    return shape;
  }

  Measured measured() {
    return measured;
  }

  Written written() {
    return written;
  }

  /** What the windows of a contestant added up to in its first run, or null. */
  OutputCheck check(String contestant) {
    return checks.get(contestant);
  }

  /** Lets a contestant run once; a failure is noted and leaves no figure. */
  void run(String contestant) {
    String runId = shape.prefix() + "-" + contestant.toLowerCase(Locale.ROOT) + "-" + ++runs;
    notes.progress(shape.name() + ": " + contestant);
    try {
      RunSpec spec = prepare(contestant, runId);
      Stretch stretch = new Trial(lab, spec, outputs(contestant, spec)).run(WARM_UP);
      if (Contestants.writes(contestant) && !checks.containsKey(contestant)) {
        checks.put(contestant, checked(contestant, spec));
      }
      measured.add(contestant, stretch);
    } catch (BenchFailure e) {
      notes.warn(e.getMessage());
    } finally {
      clean(runId);
    }
  }

  /** The same as ours runs, for probes that need it: output topics made anew. */
  RunSpec prepare(String contestant, String runId) {
    if (Contestants.isOurs(contestant)) {
      for (Topic<?, ?> topic : ourOutputs()) {
        lab.delete(topic.name());
      }
      lab.create(ourOutputs(), shape.partitions());
    } else if (Contestants.writes(contestant)) {
      lab.create(runId + "-windows", shape.partitions());
    }
    Lab.pause(Duration.ofMillis(500));
    Path directory = lab.directory(runId);
    Map<String, String> more = new LinkedHashMap<>();
    if (contestant.equals(Contestants.OURS_TWO_THREADS)) {
      more.put("threads", "2");
    }
    return new RunSpec(
        contestant,
        lab.bootstrap(),
        lab.registry(),
        shape.prefix(),
        runId,
        shape.partitions(),
        written.spans() + written.heartbeats(),
        directory,
        more);
  }

  List<String> outputs(String contestant, RunSpec spec) {
    if (!Contestants.writes(contestant)) {
      return List.of();
    }
    if (!Contestants.isOurs(contestant)) {
      return List.of(spec.output());
    }
    return contestant.equals(Contestants.OURS_NO_LINKING)
        ? List.of(topics.windows().name())
        : List.of(topics.windows().name(), topics.runs().name());
  }

  private OutputCheck checked(String contestant, RunSpec spec) {
    OutputCheck check =
        Contestants.isOurs(contestant)
            ? OutputCheck.ofOurs(lab, topics.windows().name())
            : OutputCheck.ofPeer(lab, spec.output());
    if (check.attempts() != written.attempts()) {
      notes.warn(
          contestant
              + " counted "
              + check.attempts()
              + " of "
              + written.attempts()
              + " attempts on "
              + shape.name());
    }
    return check;
  }

  private List<Topic<?, ?>> ourOutputs() {
    List<Topic<?, ?>> outputs = new ArrayList<>();
    outputs.add(topics.partials());
    outputs.add(topics.correlations());
    outputs.add(topics.runs());
    outputs.add(topics.windows());
    outputs.add(topics.changes());
    outputs.add(topics.findings());
    outputs.add(topics.deadLetters());
    return outputs;
  }

  /** Topics and state of a run. */
  void clean(String runId) {
    lab.delete(runId);
    Lab.sweep(lab.directory(runId));
  }

  @Override
  public void close() {
    lab.delete(shape.prefix());
  }
}
