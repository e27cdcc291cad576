package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise of the first page of the README, kept by the assembled distribution. */
class DemoIT {
  private static final long MEMORY_LIMIT_KB = 1_536 * 1_024;
  @TempDir private Path directory;

  @Test
  void shouldFindWhatCanBeFoundAndNothingElse() throws Exception {
    var words = List.of("demo", "--once", "--speed", "max", "--port", "0");
    try (var demo = Distribution.start(directory, Map.of(), words)) {
      long peakKb = 0;
      while (demo.process().isAlive()) {
        peakKb = Math.max(peakKb, peak(demo.process().pid()));
        Thread.sleep(500);
      }

      String out = demo.text(demo.out());
      assertThat(demo.exitCode(Duration.ofMinutes(5))).as(out + demo.text(demo.err())).isZero();
      assertThat(out.lines().filter(line -> line.startsWith("ALERT")))
          .hasSizeGreaterThan(5)
          .anyMatch(
              line ->
                  line.contains("get_most_recent_transactions: denial rate went 0.0% -> 100.0%")
                      && Pattern.compile("runs [0-9a-f]{32}, [0-9a-f]{32}, [0-9a-f]{32}$")
                          .matcher(line)
                          .find());
      assertThat(out).contains("Verdict: good.").doesNotContain("MISSED").doesNotContain("FALSE");
      assertThat(out).doesNotContain("\u001b");
      assertThat(demo.text(demo.err())).contains("page at http://127.0.0.1:").contains("records/s");
      assertThat(peakKb).isLessThan(MEMORY_LIMIT_KB);
    }
  }

  /** Largest resident memory of a process so far, kB; 0 where the system does not tell. */
  private static long peak(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (java.io.IOException e) {
      return 0;
    }
  }
}
