package dev.tidemark.bench.detection;

import dev.tidemark.bench.DetectBenchmark;
import dev.tidemark.core.detect.RateProbe;
import java.util.Collection;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Bytes and nanoseconds of one signal of one series. */
final class StatePart {
  private static final int SERIES = 100;
  private static final int DAYS = 8;

  private StatePart() {}

  static void measure(DetectionOptions options, Results results) throws RunnerException {
    double bytes = bytes(options.seeds().get(0));
    results.figure("bytesPerSeriesSignal", bytes);
    results.target(
        "bytes of state per series-signal, mean of 100 after 8 days",
        "<= 700",
        bytes,
        bytes <= 700);
    ChainedOptionsBuilder settings =
        new OptionsBuilder()
            .include(DetectBenchmark.class.getName().replace(".", "\\."))
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT);
    if (!options.full()) {
      settings.warmupIterations(2).measurementIterations(3).measurementTime(TimeValue.seconds(1));
    }
    Collection<RunResult> measured = new Runner(settings.build()).run();
    double slowest = 0;
    results.say("Nanoseconds of CPU per update; time of the clock counts what others take, too:");
    for (RunResult result : measured) {
      double wall = result.getPrimaryResult().getScore();
      double ns = wall * secondary(result, "cpuNs") / secondary(result, "wallNs");
      slowest = Math.max(slowest, ns);
      String[] path = result.getParams().getBenchmark().split("\\.", -1);
      results.say(
          "  %-28s %10.1f ns (%.1f by the clock) %10.1f B allocated",
          path[path.length - 1] + ", " + result.getParams().getParam("calls") + " calls",
          ns,
          wall,
          secondary(result, "gc.alloc.rate.norm"));
    }
    results.figure("nsPerUpdate", slowest);
    results.target(
        "nanoseconds per update of one series-signal, slowest",
        "<= 1000",
        slowest,
        slowest <= 1000);
  }

  private static double bytes(long seed) {
    long sum = 0;
    Counts window = new Counts();
    for (int i = 0; i < SERIES; i++) {
      FleetSeries series = FleetSeries.of(i);
      Behaviour behaviour = Regime.CLUSTERED.behaviour(series);
      CountStream stream =
          series.stream(behaviour, new Chance(seed, 6_000_000L + i), Long.MAX_VALUE, 1);
      RateProbe probe = RateProbe.self(FleetPlan.PER_SERIES_DAY);
      for (stream.next(window); window.startMs < DAYS * Counts.DAY_MS; stream.next(window)) {
        Ours.observe(probe, window);
      }
      sum += probe.bytes();
    }
    return (double) sum / SERIES;
  }

  @SuppressWarnings("rawtypes") // The harness hands it out so.
  private static double secondary(RunResult result, String name) {
    Map<String, Result> all = result.getSecondaryResults();
    return all.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(name))
        .mapToDouble(entry -> entry.getValue().getScore())
        .findFirst()
        .orElse(Double.NaN);
  }
}
