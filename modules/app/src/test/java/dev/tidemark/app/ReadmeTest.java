package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README says is so. */
class ReadmeTest {
  private final String readme = Repository.text("README.md");

  @Test
  void shouldPrintOnlyCommandsThatParse() {
    List<String> commands =
        Pattern.compile("^\\./tidemark (.+)$", Pattern.MULTILINE)
            .matcher(readme)
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(commands).hasSizeGreaterThanOrEqualTo(8);
    for (String command : commands) {
      assertThatCode(() -> parse(command.split(" "))).as(command).doesNotThrowAnyException();
    }
  }

  @Test
  void shouldNameOnlyPathsThatExist() {
    List<String> paths =
        Pattern.compile("(?:`|\\()((?:modules|schemas|deploy)/[\\w./-]*)")
            .matcher(readme)
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(paths).isNotEmpty().allSatisfy(p -> assertThat(Repository.path(p)).exists());
    assertThat(Repository.path("mvnw")).isExecutable();
    assertThat(Repository.path("tidemark")).isExecutable();
  }

  @Test
  void shouldListEveryTopicInOrder() {
    assertThat(firstColumn("## Topics"))
        .isEqualTo(Topics.plain().all().stream().map(Topic::name).toList());
  }

  @Test
  void shouldTellTheRetentionOfEveryTopic() {
    for (Topic<?, ?> topic : Topics.plain().all()) {
      String kept =
          topic.cleanup() == Topic.Cleanup.COMPACT
              ? "compacted"
              : topic.retention().toDays() + " days";
      assertThat(section("## Topics").lines().filter(l -> l.startsWith("| `" + topic.name() + "`")))
          .singleElement()
          .asString()
          .contains(kept);
    }
  }

  @Test
  void shouldListEveryRoomInTheOrderOfTheBuild() {
    List<String> modules =
        Pattern.compile("<module>(.+)</module>")
            .matcher(Repository.text("pom.xml"))
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(firstColumn("## Rooms")).isEqualTo(modules);
  }

  @Test
  void shouldListEveryExitCode() throws IllegalAccessException {
    for (var field : ExitCode.class.getDeclaredFields()) {
      if (field.getInt(null) != ExitCode.PIPE_CLOSED) {
        assertThat(section("## Exit codes")).contains("| " + field.getInt(null) + " |");
      }
    }
  }

  private static void parse(String... args) {
    var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Tidemark.commandLine(new Console(nowhere, nowhere, false, false)).parseArgs(args);
  }

  private List<String> firstColumn(String heading) {
    return Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE)
        .matcher(section(heading))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private String section(String heading) {
    return Arrays.stream(readme.split("(?m)^(?=## )"))
        .filter(part -> part.startsWith(heading + "\n"))
        .findFirst()
        .orElseThrow();
  }
}
