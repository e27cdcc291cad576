package dev.tidemark.bench.windows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a child that prints {@code figure <name> <value>} lines and {@code done}. */
final class Figures {
  private Figures() {}

  /**
   * The figures by name.
   *
   * @throws BenchFailure when the child fails or takes longer than {@code limit}
   */
  static Map<String, Double> of(Lab lab, Class<?> main, RunSpec spec, Duration limit) {
    Map<String, Double> figures = new ConcurrentHashMap<>();
    var done = new CompletableFuture<String>();
    Path errors = lab.directory("errors").resolve(spec.runId() + ".err");
    try (ChildJvm child =
        ChildJvm.start(
            main,
            ChildJvm.FLAGS,
            spec.args(),
            errors,
            line -> {
              String[] words = line.split(" ", 3);
              switch (words[0]) {
                case "figure" -> figures.put(words[1], Double.parseDouble(words[2]));
                case "done" -> done.complete("");
                case "failed" -> done.complete(line);
                default -> {}
              }
            })) {
      long end = System.nanoTime() + limit.toNanos();
      while (!done.isDone() && child.alive() && System.nanoTime() < end) {
        Lab.pause(Duration.ofMillis(50));
      }
      String problem = done.isDone() ? done.get(1, TimeUnit.SECONDS) : child.complaint();
      if (!problem.isEmpty()) {
        throw new BenchFailure(spec.contestant() + " live: " + problem);
      }
      return figures;
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new BenchFailure("interrupted", e);
    }
  }
}
