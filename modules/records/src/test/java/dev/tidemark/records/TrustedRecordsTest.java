package dev.tidemark.records;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrustedRecordsTest {
  @Test
  void shouldLetBuildersFillInDefaults() {
    assertThat(key().getSubjectKind()).isEqualTo(SubjectKind.UNKNOWN);
  }

  @Test
  void shouldLetRecordsBeReadBack() throws Exception {
    var window = WindowKey.newBuilder().setSeries(key()).setWindowStartMs(15_000).build();
    assertThat(WindowKey.fromByteBuffer(window.toByteBuffer())).isEqualTo(window);
    assertThat(WindowKey.newBuilder(window).build()).isEqualTo(window);
  }

  private static SeriesKey key() {
    return SeriesKey.newBuilder()
        .setTenant("t")
        .setEnvironment("e")
        .setSubjectName("search")
        .setAgentName("a")
        .setAgentVersion("1")
        .setToolVersion("2")
        .setModelBackend("")
        .build();
  }
}
