package dev.tidemark.core.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OtlpSpanTest {
  private static final String WHOLE = "-?\\d{1,18}";
  private static final String REAL = "-?\\d{1,18}(\\.\\d{1,18})?";

  @Test
  void shouldTakeTextsForNumbersWhenTheyAreDecimal() {
    var random = new Random(7);
    for (int i = 0; i < 50_000; i++) {
      var text = new StringBuilder();
      for (int length = random.nextInt(42); length > 0; length--) {
        text.append(random.nextInt(12) == 0 ? "-. +e\u0663".charAt(random.nextInt(6)) : '4');
      }
      String said = text.toString();
      OtlpSpan span = span(Map.of("n", said));
      assertThat(span.number("n"))
          .as(said)
          .isEqualTo(said.matches(WHOLE) ? Long.valueOf(said) : null);
      assertThat(span.real("n"))
          .as(said)
          .isEqualTo(said.matches(REAL) ? Double.valueOf(said) : null);
    }
  }

  @Test
  void shouldTakeOneKeyLikeTheFirstOfMany() {
    OtlpSpan span = span(Map.of("empty", "", "flag", true, "list", List.of("a"), "text", "said"));
    for (String key : List.of("empty", "flag", "list", "text", "absent")) {
      assertThat(span.text(key)).isEqualTo(span.text(new String[] {key, "other"}));
    }
  }

  private static OtlpSpan span(Map<String, Object> attributes) {
    return new OtlpSpan(
        Map.of(),
        null,
        null,
        null,
        "1",
        "2",
        null,
        "s",
        1,
        1,
        2,
        false,
        null,
        attributes,
        List.of(),
        List.of());
  }
}
