package dev.tidemark.bench.windows;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A JVM started by this one, with the same flags as all others. It is told to end by closing its
 * standard input, and killed by its own id when it does not. Thread-safe.
 */
final class ChildJvm implements AutoCloseable {
  /**
   * Flags of every contestant; Flink needs the opened packages on JDK 17, the others ignore them.
   */
  static final List<String> FLAGS =
      List.of(
          "-XX:+UseParallelGC",
          "-Xms2g",
          "-Xmx2g",
          "-XX:+AlwaysPreTouch",
          "-XX:-UseDynamicNumberOfCompilerThreads",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");

  private final Process process;
  private final Path errors;
  private final Thread reader;
  private final Thread guard;

  private ChildJvm(Process process, Path errors, Consumer<String> lines) {
    this.process = process;
    this.errors = errors;
    this.reader = new Thread(() -> read(lines), "child-" + process.pid());
    this.guard = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(guard);
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts {@code main}; what it prints goes to {@code lines}, what it complains about to a file.
   */
  static ChildJvm start(
      Class<?> main, List<String> flags, List<String> args, Path errors, Consumer<String> lines) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(args);
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      return new ChildJvm(process, errors, lines);
    } catch (IOException e) {
      throw new BenchFailure("cannot start a child JVM: " + e.getMessage(), e);
    }
  }

  /** CPU time used so far without that of the JIT compilers, seconds; NaN once it has ended. */
  double cpuSeconds() {
    return totalCpuSeconds() - CompilerThreads.cpuSeconds(process.pid());
  }

  private double totalCpuSeconds() {
    return process
        .toHandle()
        .info()
        .totalCpuDuration()
        .map(d -> d.toNanos() / 1e9)
        .orElse(Double.NaN);
  }

  boolean alive() {
    return process.isAlive();
  }

  /** The end of what it complained about, for an error message. */
  String complaint() {
    try {
      List<String> lines = Files.readAllLines(errors);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
    } catch (IOException e) {
      return "its error output cannot be read";
    }
  }

  /** Ends it at once. */
  void kill() {
    process.destroyForcibly();
    await(Duration.ofSeconds(10));
  }

  /** Waits for its end. */
  boolean await(Duration limit) {
    try {
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (ended) {
        reader.join(5_000);
      }
      return ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroyForcibly();
    }
    if (!await(Duration.ofSeconds(20))) {
      process.destroyForcibly();
      await(Duration.ofSeconds(10));
    }
    try {
      Runtime.getRuntime().removeShutdownHook(guard);
    } catch (IllegalStateException e) {
      return; // The JVM is going down and the guard runs.
    }
  }

  private void read(Consumer<String> lines) {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.accept(line);
      }
    } catch (IOException e) {
      return;
    }
  }
}
