package dev.tidemark.streams.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.testkit.TopologyHarness;
import dev.tidemark.wire.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The drawing is a contract: a diff here is a migration decision. */
class EvidenceGoldenTest {
  private final EvidenceTopology evidence =
      new EvidenceTopology(EvidenceConfig.DEFAULT, Topics.plain(), TopologyHarness.serdes());

  @Test
  void shouldDrawWhatWasReviewed() throws IOException {
    try (InputStream golden = getClass().getResourceAsStream("/topology/evidence.txt")) {
      String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(evidence.build().describe().toString().strip()).isEqualTo(expected.strip());
    }
  }

  @Test
  void shouldDeclareTheTopicsItUses() {
    String drawing = evidence.build().describe().toString();
    evidence.inputs().forEach(topic -> assertThat(drawing).contains("topics: [" + topic.name()));
    evidence.outputs().forEach(topic -> assertThat(drawing).contains("topic: " + topic.name()));
  }
}
