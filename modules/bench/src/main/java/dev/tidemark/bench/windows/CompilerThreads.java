package dev.tidemark.bench.windows;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * CPU time of the JIT compilers of another JVM: work of the first minute, which says nothing about
 * what a span costs. Read from {@code /proc} (proc(5), fields 14 and 15 of {@code stat}); nothing
 * is known where there is none.
 */
final class CompilerThreads {
  /** Clock ticks per second in {@code /proc} (sysconf(_SC_CLK_TCK)), 100 on every Linux port. */
  private static final double TICKS_PER_SECOND = 100;

  private CompilerThreads() {}

  /** Seconds so far; 0 when they cannot be told apart. */
  static double cpuSeconds(long pid) {
    Path threads = Path.of("/proc", Long.toString(pid), "task");
    double seconds = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
      for (Path thread : all) {
        seconds += cpuSeconds(Files.readString(thread.resolve("stat")));
      }
    } catch (IOException e) {
      return seconds; // It has ended, or there is no such directory here.
    }
    return seconds;
  }

  /** Seconds of one line of {@code stat}; 0 when it is no compiler's. */
  static double cpuSeconds(String stat) {
    int from = stat.indexOf('(');
    int to = stat.lastIndexOf(')');
    String name = stat.substring(from + 1, to);
    if (!name.startsWith("C1 Comp") && !name.startsWith("C2 Comp")) {
      return 0;
    }
    String[] fields = stat.substring(to + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }
}
