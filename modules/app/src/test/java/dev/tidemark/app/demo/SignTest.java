package dev.tidemark.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.fleet.Truth;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SignTest {
  @Test
  void shouldKnowAWayToTellEveryShippedMetricButOne() {
    List<String> untold =
        Truth.shipped().pairs().stream()
            .flatMap(p -> Stream.of(p.drift(), p.same(), p.ambiguous()).flatMap(List::stream))
            .filter(metric -> Sign.of(metric).signals().isEmpty())
            .map(Truth.Metric::metric)
            .distinct()
            .toList();

    assertThat(untold).containsExactly("any_tool_fail");
  }
}
