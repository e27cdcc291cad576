package dev.tidemark.bench.windows;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table for people. */
final class Report {
  private static final List<String> FAIRNESS =
      List.of(
          "All contestants: one JVM each with the same flags ("
              + String.join(" ", ChildJvm.FLAGS.subList(0, 4))
              + "), the same broker process,",
          "the same topic. CPU is application + broker from half of the spans read (warm-up) to"
              + " the",
          "last committed output, without the application's JIT compilers where they can be told"
              + " apart",
          "(Linux); the broker's share is in brackets. Median (min-max) of the rounds.",
          "floor: the classes ours uses, hash maps, no output, no commit, nothing survives.",
          "naive: no deduplication, no linking (declared retries only), tools and models only; its",
          "grace is longer than the set, so that it drops nothing.",
          "ours: exactly_once_v2, deduplication, linking, tools, models, agents, policies, fleet,"
              + " run",
          "summaries and open-run state; flush 500 ms, commit 100 ms.",
          "Flink: hash state, exactly-once checkpoints every 1 s, at-least-once sink (its"
              + " transactional",
          "one does not run with this Kafka client), 2 slots, object reuse; tools and models only,"
              + " rows",
          "cut by our reader (flinkObjects: whole Avro objects).",
          "flinkLinked: dedupe and linking with our classes by trace, then windows by series.",
          "spans/s is for orientation: the load of other programs shows in it first.");

  private Report() {}

  static void print(PrintStream out, Results results, BenchOptions options, Notes notes) {
    out.println();
    for (Map.Entry<String, Measured> shape : results.byShape.entrySet()) {
      table(out, shape.getKey(), shape.getValue(), results.checks.get(shape.getKey()));
    }
    out.printf(
        Locale.ROOT,
        "%d spans per set (%d s of event time at %d spans/s, 15 s windows), seed %d, %d rounds.%n",
        options.usualSpans(),
        options.usualSpans() / Shape.SPANS_PER_SECOND,
        Shape.SPANS_PER_SECOND,
        options.seed(),
        options.usualRounds());
    FAIRNESS.forEach(out::println);
    out.println();
    live(out, "ours", results.oursLive);
    live(out, "naive", results.naiveLive);
    if (results.heapPerOpenRun != null) {
      out.printf(Locale.ROOT, "heap per open run of ten spans %.0f B%n", results.heapPerOpenRun);
    }
    if (results.heapPerSpilledRun != null) {
      out.printf(
          Locale.ROOT,
          "heap per open run when the heap has no room and it is spilled %.0f B%n",
          results.heapPerSpilledRun);
    }
    if (results.restore != null) {
      out.printf(
          Locale.ROOT,
          "restore of %.0f windows: %.2f s; whole start %.1f s with the state wiped, %s with it"
              + " kept%n",
          results.restore.windows(),
          results.restore.restoringSeconds(),
          results.restore.wipedSeconds(),
          results.restore.keptSeconds() == null
              ? "not measured"
              : String.format(Locale.ROOT, "%.1f s", results.restore.keptSeconds()));
    }
    out.println();
    Target.of(results).forEach(target -> out.println(target.line()));
    notes.warnings().forEach(warning -> out.println("! " + warning));
    out.println();
  }

  private static void table(
      PrintStream out, String shape, Measured measured, Map<String, OutputCheck> checks) {
    out.printf(
        Locale.ROOT,
        "%-16s %-26s %-10s %12s %12s%n",
        shape,
        "CPU-s per million",
        "(broker)",
        "spans/s",
        "windows");
    for (String contestant : measured.contestants()) {
      OutputCheck check = checks.get(contestant);
      out.printf(
          Locale.ROOT,
          "%-16s %-26s (%.2f)     %12.0f %12s%n",
          contestant,
          measured.cpu(contestant),
          measured.brokerCpu(contestant).median(),
          measured.rate(contestant).median(),
          check == null ? "-" : Long.toString(check.windows()));
    }
    out.println();
  }

  private static void live(PrintStream out, String who, Map<String, Double> figures) {
    if (figures.isEmpty()) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "%s at %d spans/s: produce to visible p50 %.0f ms, p99 %.0f ms (%.0f probes, %.0f dips);"
            + " closed p99 %.0f ms; %.0f spans behind at the end%n",
        who,
        LiveLoad.SPANS_PER_SECOND,
        figures.get("p50Ms"),
        figures.get("p99Ms"),
        figures.get("probes"),
        figures.get("dips"),
        figures.get("closeP99Ms"),
        figures.get("behind"));
  }
}
