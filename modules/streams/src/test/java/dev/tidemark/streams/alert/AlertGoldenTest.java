package dev.tidemark.streams.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.testkit.TopologyHarness;
import dev.tidemark.wire.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The drawing is a contract: a diff here is a migration decision. */
class AlertGoldenTest {
  private final AlertTopology alert =
      new AlertTopology(AlertConfig.defaults(), Topics.plain(), TopologyHarness.serdes());

  @Test
  void shouldDrawWhatWasReviewed() throws IOException {
    try (InputStream golden = getClass().getResourceAsStream("/topology/alert.txt")) {
      String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(alert.build().describe().toString().strip()).isEqualTo(expected.strip());
    }
  }

  @Test
  void shouldDeclareTheTopicsItUses() {
    String drawing = alert.build().describe().toString();
    alert.inputs().forEach(topic -> assertThat(drawing).contains("topics: [" + topic.name()));
    alert.outputs().forEach(topic -> assertThat(drawing).contains("topic: " + topic.name()));
  }
}
