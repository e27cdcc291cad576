package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Alert;
import dev.tidemark.records.AlertStatus;
import dev.tidemark.records.DetectionMode;
import dev.tidemark.records.DimensionShare;
import dev.tidemark.records.Direction;
import dev.tidemark.records.QuantityEvidence;
import dev.tidemark.records.RateEvidence;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each kind of alert in its own units. */
class AlertPageTest {
  @Test
  void shouldTellRatesWithTheirIntervals() {
    assertThat(page(alert(Signal.DENIAL_RATE)))
        .contains("before   42.9% (150 of 350), 95 % interval 0.0% to 100.0%")
        .contains("changed  2026-11-22T12:00:00Z (between 2026-11-22T11:59:45Z and")
        .contains("policy_rule guard carries 100 % of it (0 before, 5 after)")
        .contains("At most 1 false alert per day");
  }

  @Test
  void shouldTellTheUseOfAToolPerRun() {
    assertThat(page(alert(Signal.TOOL_USE)))
        .contains("before   0.75 calls a run (150 in 200 runs)")
        .contains("after    0.08 calls a run (5 in 60 runs)");
  }

  @Test
  void shouldTellMoneyInItsUnit() {
    var costs = new QuantityEvidence("micros", 9L, 1e4, 2e4, 3e4, 12e3, 1e4, 15e3, 0.95);

    assertThat(page(alert(Signal.RUN_COST).setBeforeQuantity(costs).setAfterQuantity(costs)))
        .contains(
            "after    p50 0.0100, p90 0.0200, p99 0.0300, mean 0.0120 (0.0100 to 0.0150) of 9");
  }

  @Test
  void shouldClaimNothingOfAFact() {
    var fact =
        alert(Signal.NEW_TOOL)
            .setLimit("first seen after 511 attempts without it")
            .setModes(List.of(DetectionMode.LIMIT))
            .setChangeLowMs(1_795_348_800_000L)
            .setChangeHighMs(1_795_348_800_000L);

    assertThat(page(fact))
        .contains("seen     first seen after 511 attempts without it")
        .contains("A fact: no statistics claimed.")
        .doesNotContain("after    ", "you set", "between");
  }

  private static String page(Alert.Builder alert) {
    return String.join("\n", AlertPage.lines(alert.build(), new LastAlerts(List.of())));
  }

  private static Alert.Builder alert(Signal signal) {
    return Alert.newBuilder()
        .setAlertKey("0123456789abcdef0123456789abcdef")
        .setEpisodeId("k-1")
        .setEventId("k-1-0")
        .setStatus(AlertStatus.FIRING)
        .setSeries(new SeriesKey("t", "e", SubjectKind.AGENT, "teller", "", "v2", "", ""))
        .setSignal(signal)
        .setDirection(Direction.UP)
        .setTitle("title")
        .setSummary("summary")
        .setChangeMs(1_795_348_800_000L)
        .setChangeLowMs(1_795_348_785_000L)
        .setChangeHighMs(1_795_348_815_000L)
        .setBefore(new RateEvidence(350L, 150L, 150 / 350.0, 0.0, 1.0, 0.95))
        .setAfter(new RateEvidence(65L, 5L, 5 / 65.0, 0.0, 1.0, 0.95))
        .setDimensions(List.of(new DimensionShare("policy_rule", "guard", 1.0, 0L, 0L, 0L, 5L)))
        .setAlternative("own rate")
        .setBudgetPerDay(1)
        .setDetector("d")
        .setConfigHash("h");
  }
}
