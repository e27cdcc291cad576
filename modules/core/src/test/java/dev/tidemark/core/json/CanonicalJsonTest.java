package dev.tidemark.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8785, with its own examples and with values by chance. */
class CanonicalJsonTest {

  /** The example of RFC 8785, section 3.2.2. */
  @Test
  void shouldWriteTheExampleOfTheStandard() {
    String json =
        "{ \"numbers\": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],"
            + "\"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
            + "\"literals\": [null, true, false] }";
    assertThat(CanonicalJson.of(json))
        .isEqualTo(
            "{\"literals\":[null,true,false],"
                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  /** Members are ordered by UTF-16 code units: the emoji comes before U+FB33 (section 3.2.3). */
  @Test
  void shouldOrderMembersByCodeUnits() {
    assertThat(CanonicalJson.of("{\"\ufb33\":1,\"\ud83d\ude00\":2,\"\u20ac\":3,\"1\":4,\"\\r\":5}"))
        .isEqualTo("{\"\\r\":5,\"1\":4,\"\u20ac\":3,\"\ud83d\ude00\":2,\"\ufb33\":1}");
  }

  /** The test files of the standard's author: french, structures, weird. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"peach\":\"a\",\"péché\":\"b\",\"pêche\":\"c\",\"sin\":\"d\"}"
            + "|{\"peach\":\"a\",\"péché\":\"b\",\"pêche\":\"c\",\"sin\":\"d\"}",
        "{\"1\":{\"f\":{\"f\":\"hi\",\"F\":5},\"\\n\":56.0},\"10\":{},\"\":\"empty\",\"a\":{},"
            + "\"111\":[{\"e\":\"yes\",\"E\":\"no\"}],\"A\":{}}"
            + "|{\"\":\"empty\",\"1\":{\"\\n\":56,\"f\":{\"F\":5,\"f\":\"hi\"}},\"10\":{},"
            + "\"111\":[{\"E\":\"no\",\"e\":\"yes\"}],\"A\":{},\"a\":{}}",
        "{\"\\u20ac\":\"Euro\",\"\\r\":\"CR\",\"\\u000a\":\"NL\",\"1\":\"One\","
            + "\"\\u0080\":\"Control\\u007f\",\"\\ud83d\\ude02\":\"Smiley\",\"\\u00f6\":\"o\","
            + "\"\\ufb33\":\"Dalet\",\"</script>\":\"Browser\"}"
            + "|{\"\\n\":\"NL\",\"\\r\":\"CR\",\"1\":\"One\",\"</script>\":\"Browser\","
            + "\"\u0080\":\"Control\u007f\",\"ö\":\"o\",\"€\":\"Euro\",\"😂\":\"Smiley\",\"\ufb33\":\"Dalet\"}",
      })
  void shouldWriteTheTestFilesOfTheStandard(String json, String canonical) {
    assertThat(CanonicalJson.of(json)).isEqualTo(canonical);
  }

  /** Appendix B of RFC 8785 and the traps of shortest printing. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "5e-324, 5e-324",
    "-5e-324, -5e-324",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "9007199254740992, 9007199254740992",
    "-9007199254740992, -9007199254740992",
    "295147905179352825856, 295147905179352830000",
    "9.999999999999997e22, 9.999999999999997e+22",
    "1e23, 1e+23",
    "1.0000000000000001e23, 1.0000000000000001e+23",
    "999999999999999700000, 999999999999999700000",
    "999999999999999900000, 999999999999999900000",
    "1e21, 1e+21",
    "0.000001, 0.000001",
    "0.0000009999999999999997, 9.999999999999997e-7",
    "333333333.3333332, 333333333.3333332",
    "-0.0000033333333333333333, -0.0000033333333333333333",
    "1424953923781206.25, 1424953923781206.2",
    "2.0E-3, 0.002",
    "2e23, 2e+23",
    "5.684341886080802e-14, 5.684341886080802e-14",
    "2.2250738585072014e-308, 2.2250738585072014e-308",
    "9007199254740993, 9007199254740992",
    "1e1, 10",
  })
  void shouldWriteNumbersAsEcmaScriptDoes(String number, String canonical) {
    assertThat(CanonicalJson.of(number)).isEqualTo(canonical);
  }

  @Test
  void shouldGiveEveryDoubleBackWithTheFewestDigits() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        String text = EcmaNumber.format(value);
        assertThat(Double.parseDouble(text)).as("seed %d", seed).isEqualTo(value);
        assertThat(digits(text)).isLessThanOrEqualTo(digits(Double.toString(value)));
      }
    }
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
        "Infinity",
        "1e400",
        "nul",
        "'a'",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\n\"",
        "1 2",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "\"\\ud800\"",
        "[1 2]",
        "{\"a\" 1}",
      })
  void shouldRefuseWhatIsNoJson(String text) {
    assertThatThrownBy(() -> CanonicalJson.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not JSON");
  }

  @Test
  void shouldRefuseToDrownInBrackets() {
    assertThatThrownBy(() -> CanonicalJson.of("[".repeat(1_000_000)))
        .hasMessageContaining("deeper than 256 levels");
  }

  /** Order of members, spaces and spelling of escapes change nothing, and twice is as once. */
  @Test
  void shouldNotDependOnSpelling() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      var value = new Value(random, 4);
      String canonical = CanonicalJson.of(value.spell(random));
      assertThat(CanonicalJson.of(value.spell(random))).as("seed %d", seed).isEqualTo(canonical);
      assertThat(CanonicalJson.of(canonical)).as("seed %d", seed).isEqualTo(canonical);
    }
  }

  private static int digits(String number) {
    String mantissa = number.replaceAll("[eE].*", "").replace("-", "").replace(".", "");
    return mantissa.replaceAll("^0+", "").replaceAll("0+$", "").length();
  }

  /** A JSON value that can be spelled in many ways. */
  private static final class Value {
    private final String scalar;
    private final boolean object;
    private final List<String> names = new ArrayList<>();
    private final List<Value> parts = new ArrayList<>();

    Value(Random random, int depth) {
      String[] scalars = {"null", "true", "1", "-2.5", "1e3", "\"x\"", "\"é\\n\"", "0.1"};
      boolean leaf = depth == 0 || random.nextInt(3) == 0;
      scalar = leaf ? scalars[random.nextInt(scalars.length)] : null;
      object = random.nextBoolean();
      for (int i = leaf ? 0 : random.nextInt(5); i > 0; i--) {
        names.add("n" + random.nextInt(1_000) + "-" + i);
        parts.add(new Value(random, depth - 1));
      }
    }

    String spell(Random random) {
      if (scalar != null) {
        return space(random) + (scalar.equals("1e3") ? "1000.0" : scalar) + space(random);
      }
      var order = new ArrayList<Integer>();
      for (int i = 0; i < parts.size(); i++) {
        order.add(i);
      }
      if (object) {
        Collections.shuffle(order, random);
      }
      var out = new ArrayList<String>();
      for (int i : order) {
        String name = object ? space(random) + '"' + name(random, i) + '"' + space(random) : "";
        out.add(name + (object ? ":" : "") + parts.get(i).spell(random));
      }
      String inner = out.isEmpty() ? space(random) : String.join(",", out);
      return space(random) + (object ? "{" + inner + "}" : "[" + inner + "]") + space(random);
    }

    private String name(Random random, int i) {
      return random.nextBoolean() ? names.get(i) : names.get(i).replace("n", "\\u006E");
    }

    private static String space(Random random) {
      return " \t\n\r".substring(0, random.nextInt(3));
    }
  }
}
