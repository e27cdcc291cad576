package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is set wrong is said before anything starts, in one sentence: for a file with the line and
 * exit 78, for a flag by its name and exit 2. Nothing listens where these commands would connect.
 */
class WrongSettingsTest {
  private static final List<String> NOWHERE =
      List.of("-b", "127.0.0.1:1", "-r", "http://127.0.0.1:1");
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "budget: 0 | line 1 | say how many false alerts per day you accept",
        "modes:\\n  frozen: .nan\\n  self: 1\\n  canary: 0 | line 2 | is not a finite number",
        "limits:\\n  - id: a\\n    kind: tool\\n    signal: latncy | line 4 | did you mean latency?",
        "limits:\\n  - id: a\\n    kind: tool\\n    signal: denial_rate\\n    above: .nan\\n    window: 5m"
            + " | line 5 | is not a finite number",
        "limits:\\n  - id: a\\n    kind: tool\\n    signal: denial_rate\\n    above: 5%\\n    window: 20s"
            + " | line 6 | not a multiple of the 15 s",
        "slos:\\n  - id: a\\n    kind: agent\\n    signal: success_rte | line 4 | did you mean",
        "slos:\\n  - id: a\\n    kind: agent\\n    signal: success_rate\\n    objective: .nan"
            + " | line 5 | is not a finite number",
      })
  void shouldRefuseRulesBeforeAnythingStarts(String text, String line, String fix)
      throws IOException {
    Path file = directory.resolve("rules.yml");
    Files.writeString(file, text.replace("\\n", "\n"));
    for (String command : List.of("run", "rules test --since 1d")) {
      Output output = tidemark(command + " --rules " + file);
      assertThat(output.exitCode()).isEqualTo(ExitCode.CONFIG);
      assertThat(output.err().lines()).hasSize(1);
      assertThat(output.err()).contains("--rules " + file).contains(line).contains(fix);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run --commit-interval PT0S",
        "run --threads 0",
        "run --state-memory 0",
        "run --evidence-share 1.01",
        "run --evidence-share -0.5",
        "run --evidence-share NaN",
        "run --evidence-share some",
        "dev --evidence-share 2",
        "run --http-port 70000",
        "run --roles detekt",
        "rules test --since nonsense",
        "rules test --since 0s",
        "rules test --since 1d --warm-up -1d",
        "demo --speed NaN",
        "demo --speed 0",
      })
  void shouldRefuseFlagsByTheirNames(String command) {
    Output output =
        command.matches("(demo|dev) .*") ? Output.of(command.split(" ", -1)) : tidemark(command);
    String[] words = command.split(" ", -1);
    assertThat(output.exitCode()).as(output.err()).isEqualTo(ExitCode.USAGE);
    assertThat(output.err()).contains(words[words.length - 2]);
  }

  private static Output tidemark(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.addAll(NOWHERE);
    return Output.of(words.toArray(String[]::new));
  }
}
