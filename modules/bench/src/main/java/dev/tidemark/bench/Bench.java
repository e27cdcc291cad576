package dev.tidemark.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.StringJoiner;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * {@code ./tidemark bench core}: a table for people and, as the last line, one JSON object with
 * nanoseconds per operation.
 */
public final class Bench {
  private Bench() {}

  /** Arguments: the name of a benchmark; {@code core} is the only one so far. */
  public static void main(String[] args) throws RunnerException {
    if (args.length != 1 || !args[0].equals("core")) {
      System.err.println("bench: name one benchmark: core");
      System.exit(2);
    }
    Collection<RunResult> results =
        new Runner(new OptionsBuilder().include(CoreBenchmark.class.getSimpleName()).build()).run();
    StringJoiner json = new StringJoiner(",", "{", "}");
    for (RunResult result : results) {
      String name = result.getPrimaryResult().getLabel();
      double ns = result.getPrimaryResult().getScore();
      json.add(String.format(Locale.ROOT, "\"%sNs\":%.1f", name, ns));
    }
    System.out.println(json);
  }
}
