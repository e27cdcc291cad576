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
    Path errors = lab.directory("errors").resolve(spec.runId() + "-" + System.nanoTime() + ".err");
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
      if (!done.isDone()) {
        String what = child.alive() ? " took longer than " + limit : " ended early";
        throw new BenchFailure(main.getSimpleName() + what + ": " + child.complaint());
      }
      String problem = done.get(1, TimeUnit.SECONDS);
      if (!problem.isEmpty()) {
        throw new BenchFailure(main.getSimpleName() + ": " + problem);
      }
      return figures;
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new BenchFailure("interrupted", e);
    }
  }
}
