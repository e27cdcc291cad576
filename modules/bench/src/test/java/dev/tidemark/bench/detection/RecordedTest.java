package dev.tidemark.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.fleet.RecordedRun;
import dev.tidemark.fleet.Recording;
import dev.tidemark.fleet.Truth;
import dev.tidemark.records.Direction;
import dev.tidemark.records.Finding;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class RecordedTest {
  private static final Recording RECORDING = Recording.shipped();
  private static final Truth.Pair GUARD =
      RECORDING
          .truth()
          .pair(
              "agentdojo",
              "banking",
              "gpt-4o-2024-05-13",
              "gpt-4o-2024-05-13-transformers_pi_detector");

  private static RecordedPlay guard() {
    return RecordedPlay.of(
        new RecordedPlay.Phase(
            GUARD.a(), RECORDING.version(GUARD.src(), GUARD.domain(), GUARD.a())),
        new RecordedPlay.Phase(
            GUARD.b(), RECORDING.version(GUARD.src(), GUARD.domain(), GUARD.b())),
        1);
  }

  @Test
  void shouldCloseTheWindowsThatTheRunsFill() {
    RecordedPlay play = guard();
    assertThat(sum(play, GUARD.a(), WindowRecord::getRuns)).isEqualTo(GUARD.runsA());
    assertThat(sum(play, GUARD.a(), WindowRecord::getAttempts)).isEqualTo(486);
    assertThat(sum(play, GUARD.a(), WindowRecord::getDenied)).isZero();
    assertThat(sum(play, GUARD.b(), WindowRecord::getAttempts)).isEqualTo(471);
    assertThat(sum(play, GUARD.b(), WindowRecord::getDenied)).isEqualTo(405);
  }

  @Test
  void shouldHearOfTheGuardThatBeganToDeny() {
    RecordedPlay play = guard();
    Truth.Metric denied =
        GUARD.drift().stream()
            .filter(d -> d.metric().equals("denied_rate") && d.tool().equals("*"))
            .findFirst()
            .orElseThrow();
    Watched watched = Watched.of(denied);
    assertThat(watched.kind()).isEqualTo(SubjectKind.AGENT);
    assertThat(watched.signals()).containsExactly(Signal.DENIAL_RATE);
    assertThat(Watched.direction(denied)).isEqualTo(Direction.UP);
    List<Finding> told = play.opened().stream().filter(watched::isToldBy).toList();
    assertThat(told).isNotEmpty().allMatch(f -> f.getWindowEndMs() > play.changeMs());
  }

  @Test
  void shouldHalveAVersionByItsRunIds() {
    List<RecordedRun> all = RECORDING.version("tau1", "airline", "gpt-4o");
    List<RecordedRun> even = Recording.half(all, true);
    List<RecordedRun> odd = Recording.half(all, false);
    assertThat(even.size() + odd.size()).isEqualTo(all.size()).isEqualTo(200);
    assertThat(even).doesNotContainAnyElementsOf(odd);
    assertThat(Recording.failures(all).stream().mapToLong(c -> c[1]).sum()).isEqualTo(73);
  }

  private static long sum(RecordedPlay play, String version, ToLongFunction<WindowRecord> count) {
    return play.windows().stream()
        .filter(w -> w.getSeries().getSubjectKind() == SubjectKind.AGENT)
        .filter(w -> w.getSeries().getAgentVersion().equals(version))
        .mapToLong(count)
        .sum();
  }
}
