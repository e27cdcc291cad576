package dev.tidemark.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IngestBenchTest {
  @Test
  void shouldEndWithOneJsonObject() throws Exception {
    var printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      IngestBench.measure(1, Duration.ofMillis(20));
    } finally {
      System.setOut(before);
    }
    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    JsonNode last = JsonMapper.builder().build().readTree(lines.get(lines.size() - 1));

    assertThat(last.get("spansPerCpuSecond").asDouble()).isPositive();
    assertThat(last.get("decodeOnlySpansPerCpuSecond").asDouble()).isPositive();
    assertThat(last.get("ratio").asDouble()).isPositive();
  }

  @Test
  void shouldRefuseWhatItDoesNotKnow() throws Exception {
    assertThat(IngestBench.run(List.of("--fast"))).isEqualTo(2);
  }

  @Test
  void shouldWorkOnWhatRealClientsSent() throws Exception {
    assertThat(RecordedBodies.all())
        .extracting(RecordedBodies.Body::spans)
        .containsExactly(19, 16, 51, 8);
  }
}
