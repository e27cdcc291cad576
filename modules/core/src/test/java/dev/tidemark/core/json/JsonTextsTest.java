package dev.tidemark.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers and strings are read by hand; the grammar of RFC 8259 says what they are. */
class JsonTextsTest {
  private static final String NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?";

  @Test
  void shouldReadNumbersOfTheGrammarAndNoOther() {
    var random = new Random(5);
    for (int i = 0; i < 100_000; i++) {
      var text = new StringBuilder();
      for (int length = 1 + random.nextInt(7); length > 0; length--) {
        text.append("0123-+.eE".charAt(random.nextInt(9)));
      }
      String said = text.toString();
      assertThat(isRead(said)).as(said).isEqualTo(said.matches(NUMBER));
    }
  }

  @Test
  void shouldReadStringsWithAndWithoutEscapes() {
    assertThat(Json.read("\"plain\"")).isEqualTo("plain");
    assertThat(Json.read("\"a\\\"b\"")).isEqualTo("a\"b");
    assertThat(Json.read("[\"\",\"\\u00e9\",\"\u00e9\"]")).hasToString("[, \u00e9, \u00e9]");
  }

  @Test
  void shouldRefuseStringsThatDoNotEndOrHoldControls() {
    assertThat(isRead("\"open")).isFalse();
    assertThat(isRead("\"a\nb\"")).isFalse();
    assertThat(isRead("\"a\\")).isFalse();
  }

  private static boolean isRead(String text) {
    try {
      Json.read(text);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }
}
