package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.CloseReason;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.records.Severity;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import org.junit.jupiter.api.Test;

class AlertTextTest {
  private static Finding denial() {
    Finding finding = new Finding();
    finding.setAction(FindingAction.OPEN);
    finding.setCloseReason(CloseReason.NONE);
    finding.setSignal(Signal.DENIAL_RATE);
    finding.setDirection(Direction.UP);
    finding.setSeries(FleetWindows.key(SubjectKind.TOOL, "send_money", "teller", "v2"));
    finding.setBaseline(FleetWindows.key(SubjectKind.TOOL, "send_money", "teller", "v1"));
    finding.setBefore(Intervals.jeffreys(124, 0, 2));
    finding.setAfter(Intervals.anytime(42, 41, 2));
    finding.setChangeMs(50_730_000);
    finding.setWindowEndMs(50_850_000);
    return finding;
  }

  @Test
  void shouldSayItInOneSentence() {
    assertThat(AlertText.summary(denial()))
        .isEqualTo(
            "Denial rate of tool send_money (agent teller v2) rose from 0.0 % (0 of 124) to 98 %"
                + " (41 of 42) since 14:05:30 UTC, compared with version v1.");
  }

  @Test
  void shouldSayHowItEnded() {
    Finding finding = denial();
    finding.setBaseline(null);
    finding.setAction(FindingAction.CLOSE);
    finding.setCloseReason(CloseReason.RESOLVED);
    assertThat(AlertText.summary(finding))
        .endsWith("compared with its own past; it went back (14:07:30 UTC).");
  }

  @Test
  void shouldKeepTitlesShort() {
    Finding finding = denial();
    finding.setSeries(FleetWindows.key(SubjectKind.TOOL, "x".repeat(200), "teller", "v2"));
    assertThat(AlertText.title(denial()))
        .isEqualTo("Denial rate of tool send_money: 0.0 % to 98 %");
    assertThat(AlertText.title(finding)).hasSize(130).endsWith("x…: 0.0 % to 98 %");
  }

  @Test
  void shouldCallLoudOnlyWhatGotWorse() {
    assertThat(Severities.of(Signal.DENIAL_RATE, Direction.UP, 1.5)).isEqualTo(Severity.CRITICAL);
    assertThat(Severities.of(Signal.DENIAL_RATE, Direction.DOWN, 0.1)).isEqualTo(Severity.INFO);
    assertThat(Severities.of(Signal.SUCCESS_RATE, Direction.DOWN, 0.4)).isEqualTo(Severity.ERROR);
    assertThat(Severities.of(Signal.RETRY_RATE, Direction.UP, 1.4)).isEqualTo(Severity.WARNING);
  }
}
