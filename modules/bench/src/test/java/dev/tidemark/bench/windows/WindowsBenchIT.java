package dev.tidemark.bench.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole command at a size that says nothing about speed. */
class WindowsBenchIT {
  private static final List<String> KEYS =
      List.of(
          "cpuSecondsPerMillion",
          "spansPerSecond",
          "oursVsFloor",
          "naiveVsOurs",
          "flinkVsOurs",
          "p50Ms",
          "p99Ms",
          "naiveP99Ms",
          "closeP99Ms",
          "bytesPerWindow",
          "heapPerOpenRunBytes",
          "restoreSecondsPerMillionWindows",
          "threadsCpuRatio",
          "seriesVsFlink");

  @Test
  void shouldEndWithOneObjectOfTheFigures() throws Exception {
    List<String> lines = run("--only", "poll,floor,ours,naive", "--spans", "20000");

    JsonNode json = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(json.properties().stream().map(e -> e.getKey()).toList()).startsWith(keys());
    assertThat(json.get("cpuSecondsPerMillion").get("poll").isNumber()).isTrue();
    assertThat(json.get("oursVsFloor").asDouble()).isPositive();
    assertThat(json.get("naiveVsOurs").asDouble()).isPositive();
    assertThat(json.get("bytesPerWindow").asDouble()).isPositive();
    assertThat(json.get("flinkVsOurs").isNull()).isTrue();
    assertThat(lines).noneMatch(line -> line.startsWith("! "));
  }

  private static String[] keys() {
    return KEYS.toArray(new String[0]);
  }

  private static List<String> run(String... args) {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      assertThat(WindowsBench.run(List.of(args))).isZero();
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
