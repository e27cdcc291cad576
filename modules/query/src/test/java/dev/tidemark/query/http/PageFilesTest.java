package dev.tidemark.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PageFilesTest {
  private static final Path WEB = Path.of("src/main/resources/web");

  static List<String> files() {
    return PageFiles.FILES;
  }

  @Test
  void shouldServeEveryFileOfThePage() throws IOException {
    try (var files = Files.list(WEB)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .containsExactlyInAnyOrderElementsOf(PageFiles.FILES);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldSetTextAsTextAndStayInside(String file) throws IOException {
    String source = Files.readString(WEB.resolve(file), StandardCharsets.UTF_8);

    assertThat(source)
        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
        .doesNotContain("style=", " onclick=\"")
        .doesNotContainPattern("(src|href)=\"(https?:)?//")
        .doesNotContainPattern("fetch\\(\\s*[\"'`]https?:");
  }
}
