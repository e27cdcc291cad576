package dev.tidemark.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "search_flights",
        "a b",
        "latest",
        "1.4.0-rc.1+build.7",
        "<script>alert(1)</script>",
        "Größe prüfen",
        "検索",
        "🔍 search",
        "\\u202e",
        "unknown"
      })
  void shouldGiveBackTheSameInstanceWhenNothingIsWrong(String name) {
    String told = new String(name.toCharArray());

    assertThat(Names.normalized(told)).isSameAs(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "search\u0000web | search\\u0000web",
        "search\u202ebew | search\\u202ebew",
        "a\u2066b\u2069 | a\\u2066b\\u2069",
        "a\u200bb | a\\u200bb",
        "a\u200db | a\\u200db",
        "a\u00a0b | a\\u00a0b",
        "a\ufe0fb | a\\ufe0fb",
        "a\u3164b | a\\u3164b",
        "a\ud800b | a\\ud800b",
        "a\udc00\ud800b | a\\udc00\\ud800b",
        "a\udb40\udc61b | a\\u{e0061}b",
        "a\uffffb | a\\uffffb"
      })
  void shouldShowWhatCannotBeSeen(String told, String shown) {
    assertThat(Names.normalized(told)).isEqualTo(shown);
  }

  @Test
  void shouldTrimWhiteSpaceOfAllKindsAtTheEnds() {
    assertThat(Names.normalized(" search\n")).isEqualTo("search");
    assertThat(Names.normalized("\u3000\u00a0search web\r\n\t")).isEqualTo("search web");
    assertThat(Names.normalized("line\nbreak")).isEqualTo("line\\u000abreak");
    assertThat(Names.normalized("      a\u200b")).isEqualTo("a\\u200b");
  }

  @Test
  void shouldCallUnknownWhatIsEmpty() {
    assertThat(Names.normalized(null)).isEqualTo("unknown");
    assertThat(Names.normalized("")).isEqualTo("unknown");
    assertThat(Names.normalized(" \u2003\n")).isEqualTo("unknown");
    assertThat(Names.normalized(" ", "default")).isEqualTo("default");
    assertThat(Names.normalized(null, "")).isEmpty();
  }

  @Test
  void shouldKeepClientsAwayFromOurOwnNames() {
    assertThat(Names.normalized("__overflow__")).isEqualTo("\\u005f_overflow__");
    assertThat(Names.normalized(" __overflow__ ")).isEqualTo("\\u005f_overflow__");
    assertThat(Names.normalized("*")).isEqualTo("\\u002a");
    assertThat(Names.normalized("**")).isEqualTo("**");
  }

  @Test
  void shouldKeepTwoLongNamesWithOneBeginningApart() {
    String head = "x".repeat(10_000);
    String one = Names.normalized(head + "1");
    String two = Names.normalized(head + "2");

    assertThat(one).hasSize(Names.MOST_BYTES).startsWith("x".repeat(239) + "~").isNotEqualTo(two);
    assertThat(two).isEqualTo(Names.normalized(head + "2"));
    assertThat(Names.normalized("y".repeat(256))).isEqualTo("y".repeat(256));
  }

  @Test
  void shouldCutBetweenWholeCharactersAndWholeEscapes() {
    String emoji = Names.normalized("🔍".repeat(100));
    String escapes = Names.normalized("\u0001".repeat(100));

    assertThat(emoji).startsWith("🔍".repeat(59) + "~").hasSize(2 * 59 + 17);
    assertThat(escapes).startsWith("\\u0001".repeat(39) + "~").hasSize(6 * 39 + 17);
  }

  /** Characters of every kind, near the length cap and far from it. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void shouldBeShortVisibleAndStable(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String told = told(random);

      String name = Names.normalized(told);

      assertThat(Names.normalized(name)).as("seed %d", seed).isSameAs(name);
      assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, Names.MOST_BYTES);
      assertThat(name.codePoints()).allMatch(c -> c == ' ' || !Unseen.isUnseen(c));
      assertThat(name).isEqualTo(name.strip()).isNotEqualTo(Series.OVERFLOW);
      if (name.equals(told)) {
        assertThat(name).isSameAs(told);
      }
    }
  }

  /** Names without backslashes or white space stay as many as they were. */
  @Test
  void shouldNotMakeTwoNamesOne() {
    Random random = new Random(4);
    Set<String> told = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      String one = "<" + told(random).replace("\\", "").replace('~', '-') + ">";
      if (told.add(one)) {
        names.add(Names.normalized(one));
      }
    }
    assertThat(names).hasSameSizeAs(told);
  }

  private static String told(Random random) {
    int length = random.nextInt(5) == 0 ? 40 + random.nextInt(280) : random.nextInt(12);
    var told = new StringBuilder();
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(12)) {
        case 0 -> told.append((char) random.nextInt(0x20));
        case 1 -> told.append((char) (0x2000 + random.nextInt(0x70)));
        case 2 -> told.append((char) (0xd800 + random.nextInt(0x800)));
        case 3 -> told.appendCodePoint(random.nextInt(0x110000));
        case 4 -> told.append(' ');
        case 5 -> told.appendCodePoint(0x1f300 + random.nextInt(0x200));
        default -> told.append((char) ('!' + random.nextInt(94)));
      }
    }
    return told.toString();
  }
}
