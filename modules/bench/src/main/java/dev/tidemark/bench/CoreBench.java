package dev.tidemark.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * {@code ./tidemark bench core}: nanoseconds and bytes allocated per operation, the present classes
 * beside the ones they replaced.
 */
final class CoreBench {
  private CoreBench() {}

  static void run() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("dev\\.tidemark\\.bench\\.(Core|Baseline)Benchmark")
                    .addProfiler(GCProfiler.class)
                    .build())
            .run();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    System.out.printf(Locale.ROOT, "%n%-28s %12s %12s%n", "operation", "ns/op", "B/op");
    for (RunResult result : results) {
      String label = result.getParams().getBenchmark();
      String[] path = label.split("\\.", -1);
      boolean old = path[path.length - 2].startsWith("Baseline");
      String name = path[path.length - 1] + (old ? "Before" : "");
      double ns = result.getPrimaryResult().getScore();
      double bytes = allocated(result.getSecondaryResults());
      System.out.printf(Locale.ROOT, "%-28s %12.1f %12.1f%n", name, ns, bytes);
      json.put(name + "Ns", Math.round(ns * 10) / 10.0);
      json.put(name + "Bytes", Math.round(bytes * 10) / 10.0);
    }
    System.out.println(json);
  }

  @SuppressWarnings("rawtypes") // The harness hands it out so.
  private static double allocated(Map<String, Result> secondary) {
    for (Map.Entry<String, Result> entry : secondary.entrySet()) {
      if (entry.getKey().endsWith("gc.alloc.rate.norm")) {
        return entry.getValue().getScore();
      }
    }
    return Double.NaN;
  }
}
