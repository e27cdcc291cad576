package dev.tidemark.app.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.app.ExitCode;
import dev.tidemark.app.Failure;
import dev.tidemark.core.limit.LimitRule;
import dev.tidemark.core.limit.Measure;
import dev.tidemark.core.limit.SloRule;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesFileTest {
  private static final String LIMIT =
      """
      limits:
        - id: slow
          kind: tool
          signal: latency
          above: 2s
          window: 5m
      """;
  @TempDir private Path directory;

  @Test
  void shouldReadTheExampleThatIsShipped() {
    RuleSet rules = RulesFile.read(example());
    assertThat(rules.budgetPerDay()).isEqualTo(1);
    assertThat(rules.labels()).containsEntry("team", "agents");
    assertThat(rules.limits().limits())
        .extracting(LimitRule::id)
        .containsExactly("slow-search", "daily-cost", "agents-at-work");
    LimitRule slow = rules.limits().limits().get(0);
    assertThat(slow.reading().measure()).isEqualTo(Measure.QUANTILE);
    assertThat(slow.reading().quantile()).isEqualTo(0.95);
    assertThat(slow.threshold()).isEqualTo(2_000_000);
    assertThat(slow.window()).isEqualTo(Duration.ofMinutes(5));
    assertThat(slow.times()).isEqualTo(3);
    assertThat(rules.limits().limits().get(1).threshold()).isEqualTo(250_000_000);
    assertThat(rules.limits().limits().get(2).direction()).isEqualTo(Direction.DOWN);
    SloRule slo = rules.limits().slos().get(0);
    assertThat(slo.objective()).isEqualTo(0.99);
    assertThat(slo.burns()).isEqualTo(SloRule.DEFAULT_BURNS);
    assertThat(rules.detect(4).settings().budget().partitions()).isEqualTo(4);
  }

  @Test
  void shouldTakeTheDefaultsForWhatIsLeftOut() throws IOException {
    RuleSet rules = read(LIMIT);
    assertThat(rules.budgetPerDay()).isEqualTo(RuleSet.DEFAULT.budgetPerDay());
    LimitRule rule = rules.limits().limits().get(0);
    assertThat(rule.minimum()).isEqualTo(1);
    assertThat(rule.severity()).isEqualTo(Severity.ERROR);
    assertThat(rule.scope().name()).isEqualTo("*");
  }

  /** What is replaced in a correct limit, by what, and what the sentence has to say. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "signal: latency | signal: latncy | line 4 | did you mean latency?",
        "signal: latency | signal: jazz | line 4 | use one of",
        "signal: latency | signal: success_rate | line 4 | set it on an agent or the fleet",
        "above: 2s | above: .nan | line 5 | is not a time span",
        "above: 2s | above: .inf | line 5 | is not a time span",
        "above: 2s | abov: 2s | line 5 | did you mean above?",
        "above: 2s | severity: error | line 2 | needs either above or below",
        "window: 5m | window: 20s | line 6 | not a multiple of the 15 s",
        "window: 5m | window: 0s | line 6 | is not a time span above 0",
        "window: 5m | measure: p95 | line 2 | limits[0].window is missing",
        "window: 5m | window: 5m 6m | line 6 | is not a time span above 0",
        "id: slow | id: Slow Search | line 2 | is not kebab-case",
        "kind: tool | kind: tol | line 3 | did you mean tool?",
        "limits: | budget: 0\\nlimits: | line 1 | is not above 0",
        "limits: | budget: .nan\\nlimits: | line 1 | is not a finite number",
        "limits: | budget: 1e999\\nlimits: | line 1 | is not a finite number",
        "limits: | expireAfter: 1m\\nlimits: | line 1 | make expireAfter the longer one",
        "limits: | budget: 1\\nbudget: 2\\nlimits: | line 2 | is there twice",
        "limits: | labels: { a-b: c }\\nlimits: | line 1 | is no label name",
        "limits: | limits: [ | line | is not YAML",
      })
  void shouldSayWhatIsWrongAndWhere(String right, String wrong, String line, String sentence)
      throws IOException {
    assertThat(LIMIT).contains(right);
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> read(LIMIT.replace(right, wrong.replace("\\n", "\n"))));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIG);
    assertThat(failure.getMessage())
        .startsWith("--rules " + directory)
        .contains(line)
        .contains(sentence)
        .doesNotContain("\n");
  }

  @Test
  void shouldRefuseAnIdThatIsThereTwice() {
    String twice = LIMIT + LIMIT.substring(LIMIT.indexOf('\n') + 1);
    Failure failure = catchThrowableOfType(Failure.class, () -> read(twice));
    assertThat(failure).hasMessageContaining("line 7").hasMessageContaining("is there twice");
  }

  @Test
  void shouldRefuseAnObjectiveOfOne() {
    String slo =
        "slos:\n  - id: a\n    kind: agent\n    signal: success_rate\n    objective: 100%\n";
    Failure failure = catchThrowableOfType(Failure.class, () -> read(slo));
    assertThat(failure).hasMessageContaining("line 5").hasMessageContaining("between 0 and 1");
  }

  @Test
  void shouldNameAFileThatIsNotThere() {
    Path nowhere = directory.resolve("none.yml");
    Failure failure = catchThrowableOfType(Failure.class, () -> RulesFile.read(nowhere));
    assertThat(failure).hasMessageContaining(nowhere.toString()).hasMessageContaining("not a file");
  }

  private RuleSet read(String text) throws IOException {
    return RulesFile.read(Files.writeString(directory.resolve("rules.yml"), text));
  }

  private static Path example() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("deploy"))) {
      at = at.getParent();
    }
    return at.resolve("deploy/rules/example.yml");
  }
}
