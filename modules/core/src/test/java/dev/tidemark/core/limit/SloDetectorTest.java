package dev.tidemark.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Direction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.Severity;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SloDetectorTest {
  private static final int HOUR = 240;

  static SloRule slo(SubjectKind kind) {
    return new SloRule(
        "few-errors",
        Scope.of(kind, Scope.ANY),
        Reading.rate(Signal.ERROR_RATE),
        0.99,
        Duration.ofDays(30),
        SloRule.DEFAULT_BURNS,
        20);
  }

  private static LimitWindows loud() {
    SloRule all = slo(SubjectKind.TOOL);
    return LimitWindows.of(
        new SloRule(
            all.id(),
            all.scope(),
            all.reading(),
            all.objective(),
            all.period(),
            all.burns().subList(0, 1),
            all.minimum()));
  }

  private static LimitWindows played() {
    return LimitWindows.of(slo(SubjectKind.TOOL));
  }

  /** One error in a hundred uses the budget up exactly: nothing to say, however long it lasts. */
  @Test
  void shouldStaySilentJustWithinTheBudget() {
    LimitWindows played = played();
    for (int i = 0; i < 80 * HOUR / 100; i++) {
      played.play(99, 100, 1).play(1, 100, 0);
    }
    assertThat(played.actions()).isEmpty();
  }

  @Test
  void shouldOpenLoudlyWhenTheBudgetBurnsFast() {
    LimitWindows played = loud().play(2 * HOUR, 100, 0).play(HOUR, 100, 20);
    assertThat(played.actions()).containsExactly("OPEN");
    Finding open = played.findings.get(0);
    assertThat(open.getDetector()).isEqualTo("slo-burn/1");
    assertThat(open.getSeverity()).isEqualTo(Severity.CRITICAL);
    assertThat(open.getDirection()).isEqualTo(Direction.UP);
    assertThat(open.getLimit())
        .contains("99 % objective over 30 d")
        .contains("14.4 times as fast as allowed over 1 h and 5 min (rule few-errors)");
    assertThat(open.getAlternative()).contains("at this pace the budget lasts");
  }

  /** 20 % errors burn 20 times too fast: 72 % of the hour, and 5 % more as buckets are coarse. */
  @Test
  void shouldOpenWhenTheLongWindowHasSeenEnough() {
    LimitWindows played = loud().play(2 * HOUR, 100, 0);
    played.play(172, 100, 20);
    assertThat(played.actions()).isEmpty();
    played.play(10, 100, 20);
    assertThat(played.actions()).hasSize(1);
  }

  @Test
  void shouldResolveSoonAfterItStops() {
    LimitWindows played = loud().play(2 * HOUR, 100, 0).play(HOUR / 2, 100, 60);
    assertThat(played.actions()).containsExactly("OPEN");
    played.play(30, 100, 0);
    assertThat(played.actions()).containsExactly("OPEN", "CLOSE RESOLVED");
  }

  /** The slow pairs see it first, the fast ones make it louder. */
  @Test
  void shouldGetLouder() {
    LimitWindows played = played().play(2 * HOUR, 100, 0).play(HOUR, 100, 20);
    assertThat(played.actions()).startsWith("OPEN", "UPDATE");
    assertThat(played.findings.get(0).getSeverity()).isEqualTo(Severity.WARNING);
    assertThat(played.findings.get(played.findings.size() - 1).getSeverity())
        .isEqualTo(Severity.CRITICAL);
  }

  @Test
  void shouldTellASlowBurnQuietly() {
    LimitWindows played = played().play(30 * HOUR, 100, 4);
    assertThat(played.findings.get(0).getSeverity()).isEqualTo(Severity.WARNING);
    assertThat(played.findings.get(0).getLimit()).contains("burnt");
  }

  @Test
  void shouldNotJudgeAFewTrials() {
    assertThat(played().play(3, 3, 3).actions()).isEmpty();
  }

  @Test
  void shouldHoldWhileNothingIsHeardAndThenExpire() {
    LimitWindows played = played().play(HOUR, 100, 50).silence(5 * HOUR);
    assertThat(played.actions()).containsExactly("OPEN");
    played.silence(70 * HOUR);
    assertThat(played.actions()).containsExactly("OPEN", "CLOSE EXPIRED");
  }

  @Test
  void shouldKeepFewBytes() {
    LimitWindows played = played().play(80 * HOUR, 100, 1);
    int bytes = played.store.values().stream().mapToInt(b -> b.length).sum();
    assertThat(bytes).isLessThan(1500);
  }
}
