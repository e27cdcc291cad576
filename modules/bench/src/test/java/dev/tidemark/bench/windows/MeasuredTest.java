package dev.tidemark.bench.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class MeasuredTest {
  private final Results results = new Results();
  private final Measured measured = new Measured();

  @Test
  void shouldDivideMedians() throws Exception {
    add("ours", 2, 4, 3);
    add("floor", 1, 2, 8);
    results.byShape.put(Results.COMMON, measured);

    JsonNode json = new ObjectMapper().readTree(ResultJson.of(results));

    assertThat(json.get("cpuSecondsPerMillion").get("ours").asDouble()).isEqualTo(3);
    assertThat(json.get("oursVsFloor").asDouble()).isEqualTo(1.5);
  }

  @Test
  void shouldSayNullForWhatWasNotMeasured() throws Exception {
    add("ours", 2);
    results.byShape.put(Results.COMMON, measured);

    JsonNode json = new ObjectMapper().readTree(ResultJson.of(results));

    assertThat(json.get("naiveVsOurs").isNull()).isTrue();
    assertThat(json.get("p99Ms").isNull()).isTrue();
    assertThat(json.get("seriesVsFlink").get("100kUniform").isNull()).isTrue();
  }

  @Test
  void shouldJudgeAgainstBothKindsOfBound() {
    assertThat(new Target("x", 1.4, 1.5, false).verdict()).isEqualTo("met");
    assertThat(new Target("x", 1.6, 1.5, false).verdict()).isEqualTo("missed");
    assertThat(new Target("x", 6.9, 7, true).verdict()).isEqualTo("missed");
    assertThat(new Target("x", null, 7, true).verdict()).isEqualTo("not measured");
    assertThat(new Target("x", 300.0, Double.NaN, false).verdict()).isEqualTo("not measured");
  }

  private void add(String contestant, double... cpuPerMillion) {
    for (double cpu : cpuPerMillion) {
      measured.add(contestant, new Stretch(1_000_000, 1, cpu / 2, cpu / 2));
    }
  }
}
