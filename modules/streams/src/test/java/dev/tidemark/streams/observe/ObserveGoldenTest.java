package dev.tidemark.streams.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The drawing is a contract: a diff here is a migration decision. */
class ObserveGoldenTest {
  private final ObserveTopology observe =
      new ObserveTopology(
          ObserveConfig.of(4, 4),
          Topics.plain(),
          AvroSerdes.of(Map.of("schema.registry.url", "mock://golden")));

  @Test
  void shouldDrawWhatWasReviewed() throws IOException {
    try (InputStream golden = getClass().getResourceAsStream("/topology/observe.txt")) {
      String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(observe.build().describe().toString().strip()).isEqualTo(expected.strip());
    }
  }

  @Test
  void shouldNameEveryOperator() {
    assertThat(observe.build().describe().toString())
        .doesNotContain("KSTREAM-")
        .doesNotContain("KTABLE-");
  }

  @Test
  void shouldDeclareTheTopicsItUses() {
    String drawing = observe.build().describe().toString();
    observe.inputs().forEach(topic -> assertThat(drawing).contains("topics: [" + topic.name()));
    observe.outputs().forEach(topic -> assertThat(drawing).contains("topic: " + topic.name()));
  }
}
