package dev.tidemark.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts become values and values texts. */
class JsonTest {

  @Test
  void shouldReadEveryKindOfValue() {
    Object value =
        Json.read(
            " {\"a\" : [1, -2.5, 1e3, true, false, null, \"x\\u20ac\\n\\\"\"], \"b\":{},"
                + " \"c\": 9223372036854775808, \"d\": []} ");
    assertThat(value)
        .isEqualTo(
            Map.of(
                "a", Arrays.asList(1L, -2.5, 1000.0, true, false, null, "x\u20ac\n\""),
                "b", Map.of(),
                "c", 9.223372036854776E18,
                "d", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "01",
        "1.",
        ".5",
        "+1",
        "-",
        "1e",
        "NaN",
        "nul",
        "'a'",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "1 2",
        "[1 2]",
        "{\"a\" 1}",
        "tru",
        "]",
        "--1",
      })
  void shouldRefuseWhatIsNoJson(String text) {
    assertThatThrownBy(() -> Json.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not JSON at character");
  }

  @Test
  void shouldNotDrownInBrackets() {
    assertThatThrownBy(() -> Json.read("[".repeat(1_000_000))).hasMessageContaining("64 levels");
  }

  @Test
  void shouldWriteMembersInTheOrderOfTheirNames() {
    assertThat(Json.write(Map.of("b", List.of(1L, "\"\n"), "a", Double.NaN)))
        .isEqualTo("{\"a\":null,\"b\":[1,\"\\\"\\n\"]}");
    assertThat(Json.write(new byte[] {1, 2})).isEqualTo("\"AQI=\"");
    assertThat(Json.write(Map.of())).isEqualTo("{}");
  }

  /** Whatever the bytes are: a value that is written and read again is itself, or a refusal. */
  @Test
  void shouldReadWhatItWroteAndNeverBreakOtherwise() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(24); n > 0; n--) {
        text.append("{}[]\",:0123e+-.tfnul\\ \n".charAt(random.nextInt(23)));
      }
      Object value;
      try {
        value = Json.read(text.toString());
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageStartingWith("not JSON");
        continue;
      }
      assertThat(Json.read(Json.write(value))).as("seed %d: %s", seed, text).isEqualTo(value);
    }
  }
}
