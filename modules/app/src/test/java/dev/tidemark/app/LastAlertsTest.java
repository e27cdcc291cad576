package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.core.detect.AlertLine;
import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertStatus;
import dev.tidemark.records.Direction;
import dev.tidemark.records.RateEvidence;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastAlertsTest {
  private static final RateEvidence NONE = new RateEvidence(0L, 0L, 0.0, 0.0, 0.0, 0.0);
  private final LastAlerts alerts =
      new LastAlerts(
          List.of(
              alert("c3", Signal.LIVE_LOOP, AlertStatus.FIRING, 3, null),
              alert("c1", Signal.LIVE_LOOP, AlertStatus.FIRING, 1, null),
              alert("c2", Signal.LIVE_LOOP, AlertStatus.RESOLVED, 2, null),
              alert("b1", Signal.ERROR_RATE, AlertStatus.FIRING, 5, "a1"),
              alert("a1", Signal.ERROR_RATE, AlertStatus.FIRING, 4, null)));

  @Test
  void shouldFoldWhatFiresOldestFirst() {
    List<AlertLine> lines = alerts.folded(false);

    assertThat(lines).extracting(line -> line.alert().getAlertKey()).containsExactly("c3", "a1");
    assertThat(lines)
        .extracting(line -> line.below().get(0).getAlertKey())
        .containsExactly("c1", "b1");
    assertThat(lines).extracting(AlertLine::loopingRuns).containsExactly(2, 0);
  }

  @Test
  void shouldShowWhatHasEndedWhenAsked() {
    assertThat(alerts.folded(true))
        .extracting(line -> line.alert().getAlertKey())
        .containsExactly("c2", "c3", "a1");
  }

  @Test
  void shouldFindAnAlertByTheBeginningOfItsKey() {
    assertThat(alerts.find("a").getAlertKey()).isEqualTo("a1");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> alerts.find("c"))
        .withMessageContaining("begins the keys of 3 alerts");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> alerts.find("x"))
        .withMessageContaining("there is no alert 'x'");
  }

  private static Alert alert(
      String key, Signal signal, AlertStatus status, long startsMs, String parent) {
    return Alert.newBuilder()
        .setAlertKey(key)
        .setEpisodeId(key + "-1")
        .setEventId(key + "-1-1")
        .setStatus(status)
        .setSeries(new SeriesKey("t", "e", SubjectKind.TOOL, "send", "teller", "v1", "unknown", ""))
        .setSignal(signal)
        .setItem(signal == Signal.LIVE_LOOP ? key : null)
        .setDirection(Direction.UP)
        .setTitle("title")
        .setSummary("summary")
        .setStartsAtMs(startsMs)
        .setParentAlertKey(parent)
        .setBefore(NONE)
        .setAfter(NONE)
        .setAlternative("")
        .setBudgetPerDay(0)
        .setDetector("d")
        .setConfigHash("h")
        .build();
  }
}
