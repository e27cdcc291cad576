package dev.tidemark.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.redact.AttributeFilter;
import dev.tidemark.core.redact.AttributeFilter.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No dialect reads what nobody allowed; a field that is no content holds nothing that quotes. */
class AllowedKeysTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/tidemark/core/dialect");

  /** A value read by its name in the code of a dialect, beside the tables. */
  private static final Pattern READ =
      Pattern.compile("(?:text|number|real|flag|list|get)\\(\\s*((?:\"[^\"]+\"[,\\s]*)+)\\)");

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  /** Members of JSON, parts of names and what is allowed by its event; no attributes of spans. */
  private static final List<String> OF_EVENTS_AND_JSON =
      List.of(
          "status",
          "isError",
          "is_error",
          "error",
          "success",
          "ok",
          "output",
          "kwargs",
          "content",
          "event.name",
          "score",
          "name",
          "label",
          "score.value",
          "score.label");

  @ParameterizedTest
  @ValueSource(strings = {"user.email", "http.url", "db.statement", "password", "url>query"})
  void shouldNotLetATableNameWhatNobodyAllowed(String key) {
    for (Field field : Field.values()) {
      assertThatThrownBy(() -> Keys.NONE.with(field, key))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("may not be read for " + field + ": allow it in AttributeFilter");
    }
  }

  @Test
  void shouldLetWhatQuotesIntoFieldsOfContentOnly() {
    for (Field field : Field.values()) {
      if (field.quotes()) {
        assertThatCode(() -> Keys.NONE.with(field, "input.value")).doesNotThrowAnyException();
      } else {
        assertThatThrownBy(() -> Keys.NONE.with(field, "input.value"))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void shouldReadByNameOnlyWhatIsAllowed() throws IOException {
    List<String> read = new ArrayList<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        READ.matcher(Files.readString(file))
            .results()
            .flatMap(match -> QUOTED.matcher(match.group(1)).results())
            .map(match -> match.group(1))
            .filter(key -> !OF_EVENTS_AND_JSON.contains(key))
            .forEach(read::add);
      }
    }
    assertThat(read).hasSizeGreaterThan(40).contains("guardrail.triggered", "mcp.method.name");
    assertThat(read)
        .allSatisfy(
            key -> assertThat(AttributeFilter.standard().use(key)).as(key).isNotEqualTo(Use.NONE));
  }
}
