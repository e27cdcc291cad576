package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.DeadLetter;
import dev.tidemark.records.Exemplar;
import org.junit.jupiter.api.Test;

class AvroJsonTest {
  @Test
  void shouldNameTheSchemaAndUseFieldNames() {
    var exemplar =
        Exemplar.newBuilder()
            .setCategory("denied")
            .setTraceId("4bf9")
            .setTimeMs(1_700_000_000_000L)
            .setHash(-3)
            .build();

    assertThat(AvroJson.of(exemplar).toString())
        .isEqualTo(
            "{\"schema\":\"dev.tidemark.records.Exemplar\",\"category\":\"denied\","
                + "\"traceId\":\"4bf9\",\"spanId\":\"\",\"timeMs\":1700000000000,\"hash\":-3}");
  }

  @Test
  void shouldEscapeControlCharacters() {
    var letter =
        DeadLetter.newBuilder()
            .setTopic("agent-spans")
            .setPartition(0)
            .setOffset(7)
            .setTimestampMs(0)
            .setReason("NOT_REGISTRY_FRAMED")
            .setHint("\u001b[2J")
            .setRoom("observe")
            .setKeyBytes(-1)
            .setValueBytes(3)
            .setValueHash("00")
            .build();

    assertThat(AvroJson.of(letter).toString()).doesNotContain("\u001b").contains("\\u001B[2J");
  }
}
