package dev.tidemark.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NamesTest {
  /** Far more names than places, alike in length and ends. */
  @Test
  void shouldTellNamesApart() {
    var random = new Random(3);
    for (int i = 0; i < 50_000; i++) {
      String name = "llm.messages." + random.nextInt(20_000) + "." + "x".repeat(i % 90);
      assertThat(of(name)).isEqualTo(name);
    }
  }

  @Test
  void shouldTellShortNamesApart() {
    for (char a = 0; a < 300; a++) {
      for (int b = 0; b < 300; b += 7) {
        String name = "" + a + (char) b;
        assertThat(of(name)).isEqualTo(name);
      }
    }
    assertThat(of("")).isEmpty();
  }

  @Test
  void shouldMakeANameOnce() {
    assertThat(of("gen_ai.operation.name")).isSameAs(of("gen_ai.operation.name"));
    assertThat(of("gr\u00f6\u00dfe")).isSameAs(of("gr\u00f6\u00dfe"));
  }

  private static String of(String name) {
    byte[] bytes = ("<" + name + ">").getBytes(StandardCharsets.UTF_8);
    return Names.of(bytes, 1, bytes.length - 1);
  }
}
