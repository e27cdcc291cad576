package dev.tidemark.streams.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.testkit.TopologyHarness;
import dev.tidemark.wire.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The drawing is a contract: a diff here is a migration decision. */
class DetectGoldenTest {
  private final DetectTopology detect =
      new DetectTopology(DetectConfig.of(4), Topics.plain(), TopologyHarness.serdes());

  @Test
  void shouldDrawWhatWasReviewed() throws IOException {
    try (InputStream golden = getClass().getResourceAsStream("/topology/detect.txt")) {
      String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(detect.build().describe().toString().strip()).isEqualTo(expected.strip());
    }
  }

  @Test
  void shouldDeclareTheTopicsItUses() {
    String drawing = detect.build().describe().toString();
    detect.inputs().forEach(topic -> assertThat(drawing).contains("topics: [" + topic.name()));
    detect.outputs().forEach(topic -> assertThat(drawing).contains("topic: " + topic.name()));
  }
}
