package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.core.cost.Price;
import dev.tidemark.core.cost.PriceBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceBookFileTest {
  private static final String GOOD =
      """
      {
        "format": 1,
        "version": "2026-11",
        "currency": "USD",
        "prices": [
          {
            "provider": "maple",
            "model": "oak-*",
            "perMillionTokens": {
              "input": 3.00,
              "cacheRead": 0.30,
              "output": 15
            }
          }
        ]
      }
      """;
  @TempDir private Path directory;

  @Test
  void shouldReadPricesExactly() {
    PriceBook book = read(GOOD);

    assertThat(book.version()).isEqualTo("2026-11");
    assertThat(book.find("maple", "oak-1"))
        .isEqualTo(
            new Price(
                "maple", "oak-*", "USD", 3_000_000, 300_000, 3_000_000, 15_000_000, 15_000_000));
    assertThat(read(GOOD.replace("0.30", "0.000001")).find("maple", "oak-1").cacheRead())
        .isEqualTo(1);
  }

  @Test
  void shouldTakeAPriceWithoutProviderForAll() {
    String text = GOOD.replace("\"provider\": \"maple\",", "\"currency\": \"EUR\",");

    assertThat(read(text).find("birch", "oak-1").currency()).isEqualTo("EUR");
    assertThat(read(text).find(null, "elm")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"format\": 1, | \"format\": 2, | line 2 | format | this version",
        "\"format\": 1, | | line 1 | format is missing | 1",
        "\"2026-11\" | 7 | line 3 | version | in quotes",
        "\"USD\" | \"usd\" | line 4 | currency | like USD",
        "\"currency\": \"USD\", | | line 1 | currency is missing | in quotes",
        "\"prices\": | \"price\": | line 5 | price | prices",
        "oak-* | oak-*-1 | line 8 | prices.0.model | star",
        "3.00 | -3 | line 10 | prices.0.perMillionTokens.input | from 0 to 1000000",
        "3.00 | \"3.00\" | line 10 | prices.0.perMillionTokens.input | number",
        "3.00 | 0.0000001 | line 10 | prices.0.perMillionTokens.input | 6 decimals",
        "3.00 | 1e999999 | line 10 | prices.0.perMillionTokens.input | number",
        "3.00 | 1e-999999 | line 10 | prices.0.perMillionTokens.input | number",
        "15 | null | line 12 | prices.0.perMillionTokens.output | number",
        "\"output\": 15 | \"input\": 15 | line 12 | Duplicate field 'input' | correct it",
        "\"cacheRead\" | \"cached\" | line 11 | prices.0.perMillionTokens.cached | cacheRead",
        "0.30, | 0.30 | line 12 | is not the JSON | correct it"
      })
  void shouldTellWhereAndHowToFixIt(
      String good, String bad, String line, String field, String hint) {
    Failure failure = refused(GOOD.replace(good, bad == null ? "" : bad));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIG);
    assertThat(failure.getMessage().lines()).hasSize(1);
    assertThat(failure).hasMessageContaining(directory.resolve("prices.json") + ", " + line);
    assertThat(failure).hasMessageContaining(field).hasMessageContaining(hint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "7", "{} {}", "{\"a\":", "\u0000"})
  void shouldRefuseWhatIsNoBook(String text) {
    assertThat(refused(text).exitCode()).isEqualTo(ExitCode.CONFIG);
  }

  @Test
  void shouldRefuseTwoPricesForOneModel() {
    String entry = "{\"model\": \"oak\", \"perMillionTokens\": {\"input\": 1, \"output\": 1}}";

    assertThat(refused(GOOD.replaceAll("(?s)\\[.*]", "[" + entry + ",\n" + entry + "]")))
        .hasMessageContaining("line 6")
        .hasMessageContaining("second time");
  }

  @Test
  void shouldNameAFileThatIsNotThere() {
    Path missing = directory.resolve("nothing.json");

    var output =
        Output.of("run", "-b", "localhost:1", "-r", "mock://x", "--price-book", "" + missing);

    assertThat(output.exitCode()).isEqualTo(ExitCode.CONFIG);
    assertThat(output.err()).contains(missing.toString()).contains("--price-book");
    assertThat(output.err().lines()).hasSize(1);
  }

  @Test
  void shouldReadTheExampleOfDeploy() {
    PriceBook book = PriceBookFile.read(Repository.path("deploy/prices/example.json"));

    assertThat(book.version()).startsWith("example");
    assertThat(book.find("example-provider", "oak-large-2").micros(1_000, 100, 0, 0, 0))
        .isEqualTo(4_500);
    assertThat(book.find("another-provider", "oak-large-2")).isNull();
    assertThat(book.find(null, "willow-local").micros(-1, -1, -1, -1, -1)).isZero();
  }

  @Test
  void shouldReadTheExampleOfTheReadme() {
    String readme = Repository.text("modules/app/README.md");
    int start = readme.indexOf("```json\n") + "```json\n".length();

    PriceBook book = read(readme.substring(start, readme.indexOf("```", start)));

    assertThat(book.find("example-provider", "oak-large").micros(1_000_000, 0, 0, 0, 0))
        .isEqualTo(3_000_000);
  }

  private PriceBook read(String text) {
    return PriceBookFile.read(write(text));
  }

  private Failure refused(String text) {
    return catchThrowableOfType(Failure.class, () -> read(text));
  }

  private Path write(String text) {
    try {
      return Files.writeString(directory.resolve("prices.json"), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
