package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of bad input names every row, and tests that are there. */
class FaultsTableTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([HR]\\d+) \\|.*\\|(.*)\\|$");
  private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");
  private final List<MatchResult> rows =
      ROW.matcher(Repository.text("modules/ingest/FAULTS.md")).results().toList();

  @Test
  void shouldNameEveryRowInOrder() {
    List<String> expected =
        Stream.concat(
                IntStream.rangeClosed(1, 14).mapToObj(i -> "H" + i),
                IntStream.rangeClosed(1, 29).mapToObj(i -> "R" + i))
            .toList();

    assertThat(rows).extracting(row -> row.group(1)).isEqualTo(expected);
    assertThat(rows).allSatisfy(row -> assertThat(tests(row)).as(row.group(1)).isNotEmpty());
  }

  @Test
  void shouldNameOnlyTestsThatExist() throws IOException {
    List<String> missing = new ArrayList<>();
    for (MatchResult row : rows) {
      for (MatchResult test : tests(row)) {
        if (!exists(test.group(1), test.group(2))) {
          missing.add(row.group(1) + ": " + test.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static List<MatchResult> tests(MatchResult row) {
    return NAMED.matcher(row.group(2)).results().toList();
  }

  private static boolean exists(String type, String method) throws IOException {
    Pattern promise = Pattern.compile("(?m)^  void " + method + "\\(");
    try (Stream<Path> modules = Files.list(Repository.path("modules"))) {
      for (Path module : modules.toList()) {
        Path tests = module.resolve("src/test/java");
        if (Files.isDirectory(tests) && exists(tests, type, promise)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean exists(Path tests, String type, Pattern promise) throws IOException {
    try (Stream<Path> files = Files.walk(tests)) {
      return files
          .filter(file -> file.getFileName().toString().equals(type + ".java"))
          .anyMatch(file -> promise.matcher(text(file)).find());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
