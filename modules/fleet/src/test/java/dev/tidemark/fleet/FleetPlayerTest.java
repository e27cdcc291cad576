package dev.tidemark.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.fleet.RecordedPublisher.Sent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Promises of a play as its publisher sees it. */
class FleetPlayerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final FleetPlan PLAN =
      FleetPlan.change("tau2", "airline", "gpt-4o-2024-11-20@azure", "gpt-oss-120b@langchain", 42)
          .speed(FleetPlan.MAX_SPEED);
  private final FleetPlayer player =
      new FleetPlayer(RecordedRuns.shipped(), InstantSource.fixed(NOW));

  @Test
  void shouldPlayTheSameRecordsForTheSameSeed() {
    assertThat(play(PLAN).sent).isEqualTo(play(PLAN).sent);
    var other = new FleetPlan(PLAN.phases(), 43, 600, FleetPlan.MAX_SPEED, PLAN.tail());
    assertThat(traces(play(other))).doesNotContainAnyElementsOf(traces(play(PLAN)));
  }

  @Test
  void shouldStampArrivalsThatNeverGoBackAndEndAtThePresent() {
    RecordedPublisher inbox = play(PLAN);
    long previous = 0;
    for (Sent sent : inbox.sent) {
      assertThat(sent.arrivalMs()).isGreaterThanOrEqualTo(previous);
      previous = sent.arrivalMs();
    }
    assertThat(inbox.sent.get(inbox.sent.size() - 1).isHeartbeat()).isTrue();
    assertThat(previous).isEqualTo(NOW.toEpochMilli());
    long lastRecord = inbox.records().get(inbox.records().size() - 1).arrivalMs();
    assertThat(previous - lastRecord).isEqualTo(Duration.ofMinutes(2).toMillis());
  }

  @Test
  void shouldBeatOftenEnoughForWindowsToClose() {
    RecordedPublisher inbox = play(PLAN);
    long previous = inbox.sent.get(0).arrivalMs();
    for (Sent beat : inbox.heartbeats()) {
      assertThat(beat.arrivalMs() - previous).isLessThanOrEqualTo(15_000);
      previous = beat.arrivalMs();
    }
  }

  @Test
  void shouldOverlapRunsAsAFleetDoes() {
    var open = new HashSet<String>();
    int most = 0;
    for (Sent sent : play(PLAN.runsPerHour(3_600)).records()) {
      if (sent.span() != null && sent.span().getParentSpanId() == null) {
        open.remove(sent.span().getTraceId());
      } else if (sent.span() != null) {
        open.add(sent.span().getTraceId());
      }
      most = Math.max(most, open.size());
    }
    assertThat(most).isGreaterThan(10);
    assertThat(open).as("the root span is the last of its run").isEmpty();
  }

  @Test
  void shouldReportWhatItPlayed() {
    var inbox = new RecordedPublisher();
    PlayReport report = player.play(PLAN, inbox, PlayListener.SILENT);
    assertThat(report.complete()).isTrue();
    assertThat(report.seed()).isEqualTo(42);
    assertThat(report.runs()).isEqualTo(100);
    assertThat(report.records()).isEqualTo(inbox.records().size());
    assertThat(report.heartbeats()).isEqualTo(inbox.heartbeats().size());
    assertThat(report.endMs()).isEqualTo(NOW.toEpochMilli());
    assertThat(report.phases()).extracting(PlayReport.PhaseReport::runs).containsExactly(50, 50);
    assertThat(report.phases().get(1).startMs()).isGreaterThan(report.phases().get(0).startMs());
    assertThat(report.firstWindowMs(15_000) % 15_000).isZero();
    assertThat(report.lastWindowEndMs(15_000)).isLessThan(report.endMs() - 60_000);
    double hours = (report.phases().get(1).startMs() - report.startMs()) / 3_600_000.0;
    assertThat(50 / hours).as("runs per hour").isBetween(350.0, 1_000.0);
  }

  @Test
  void shouldRepeatRunsUnderOtherTraces() {
    RecordedPublisher inbox = play(PLAN.repeat(3));
    assertThat(traces(inbox)).hasSize(300);
    assertThat(inbox.records().stream().filter(s -> s.span() != null).map(s -> s.span().getRunId()))
        .anyMatch(id -> id.endsWith("~2"));
  }

  @Test
  void shouldHalveAVersionWithAndWithoutAnotherName() {
    FleetPlan same = FleetPlan.same("tau1", "airline", "gpt-4o", false, 7);
    FleetPlan relabelled = FleetPlan.same("tau1", "airline", "gpt-4o", true, 7);
    assertThat(versions(play(same.speed(FleetPlan.MAX_SPEED)))).containsExactly("gpt-4o");
    RecordedPublisher inbox = play(relabelled.speed(FleetPlan.MAX_SPEED));
    assertThat(versions(inbox)).containsExactly("gpt-4o", "gpt-4o-aa");
    assertThat(traces(inbox)).hasSize(200);
  }

  @Test
  void shouldKeepPace() {
    Selector one =
        Selector.of("tau1", "airline", "gpt-4o").trials(Set.of(0)).half(Selector.Half.ODD);
    var plan =
        FleetPlan.of(List.of(new FleetPlan.Phase("all", one, null, 1)), 1)
            .runsPerHour(36_000)
            .speed(1_000);
    long start = System.nanoTime();
    PlayReport report = player.play(plan, new RecordedPublisher(), PlayListener.SILENT);
    double real = (System.nanoTime() - start) / 1e6;
    assertThat(real).isGreaterThanOrEqualTo((report.endMs() - report.startMs()) / 1_000.0);
  }

  @Test
  void shouldStopWhenInterrupted() {
    Thread.currentThread().interrupt();
    PlayReport report = player.play(PLAN, new RecordedPublisher(), PlayListener.SILENT);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.complete()).isFalse();
  }

  @Test
  void shouldSayWhichVersionsThereAre() {
    FleetPlan unknown = FleetPlan.same("tau1", "airline", "gpt-9", false, 7);
    assertThatThrownBy(() -> play(unknown))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its versions are [gpt-4o]");
    FleetPlan nowhere = FleetPlan.same("tau9", "airline", "gpt-4o", false, 7);
    assertThatThrownBy(() -> play(nowhere)).hasMessageContaining("tau1-airline");
    assertThatThrownBy(() -> PLAN.speed(0)).hasMessageContaining("use a positive number");
    assertThatThrownBy(() -> PLAN.tail(Duration.ofSeconds(30))).hasMessageContaining("PT2M");
  }

  @Test
  void shouldFindThePlansOfTheTruth() {
    Truth truth = Truth.shipped();
    assertThat(truth.pairs()).hasSize(37);
    assertThat(truth.halves()).hasSize(31);
    assertThat(truth.repeats()).hasSize(3);
    RecordedRuns runs = RecordedRuns.shipped();
    for (Truth.Pair pair : truth.pairs()) {
      assertThat(runs.select(Selector.of(pair.src(), pair.domain(), pair.a())))
          .as(pair.a())
          .hasSize(pair.runsA());
      assertThat(runs.select(Selector.of(pair.src(), pair.domain(), pair.b())))
          .as(pair.b())
          .hasSize(pair.runsB());
    }
    for (Truth.Halves halves : truth.halves()) {
      Selector all = Selector.of(halves.src(), halves.domain(), halves.version());
      assertThat(runs.select(all.half(Selector.Half.EVEN))).hasSize(halves.runsA());
      assertThat(runs.select(all.half(Selector.Half.ODD))).hasSize(halves.runsB());
    }
    Truth.Pair guard =
        truth.pair(
            "agentdojo",
            "banking",
            "gpt-4o-2024-05-13",
            "gpt-4o-2024-05-13-transformers_pi_detector");
    assertThat(guard.drift()).anyMatch(m -> m.metric().equals("denied_rate") && m.z() > 20);
    assertThat(guard.same()).hasSize(7);
  }

  private RecordedPublisher play(FleetPlan plan) {
    var inbox = new RecordedPublisher();
    player.play(plan, inbox, PlayListener.SILENT);
    return inbox;
  }

  private static Set<String> traces(RecordedPublisher inbox) {
    var traces = new TreeSet<String>();
    inbox.records().stream()
        .filter(s -> s.span() != null)
        .forEach(s -> traces.add(s.span().getTraceId()));
    return traces;
  }

  private static Set<String> versions(RecordedPublisher inbox) {
    var versions = new TreeSet<String>();
    inbox.records().stream()
        .filter(s -> s.span() != null)
        .forEach(s -> versions.add(s.span().getAgentVersion()));
    return versions;
  }
}
