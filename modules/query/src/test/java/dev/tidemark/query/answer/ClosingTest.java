package dev.tidemark.query.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.query.InMemoryViews;
import dev.tidemark.query.Records;
import dev.tidemark.wire.OpenWindowsView.Progress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
  private static final long MINUTE = 60_000;
  private static final long T = Records.T0;
  private long nowMs = T;

  @Test
  void shouldCloseUpToWhereEverySubjectPartitionHasClosed() {
    var closing =
        Closing.of(
            List.of(
                source(0, T + 20),
                source(1, T + 10),
                subject(0, 0, T + 5, T),
                subject(0, 1, T + 6, T),
                subject(1, 0, T + 4, T - 15_000),
                subject(1, 1, T + 9, T - 15_000)));

    assertThat(closing.closedUpToMs()).isEqualTo(T - 15_000);
    assertThat(closing.waitsFor()).isEmpty();
    assertThat(closing.sources())
        .containsExactly(
            new Closing.Source(0, true, T + 20, T + 35, T + 4, false),
            new Closing.Source(1, true, T + 10, T + 25, T + 6, false));
    assertThat(closing.subjects())
        .containsExactly(new Closing.Subject(0, T), new Closing.Subject(1, T - 15_000));
  }

  @Test
  void shouldNameThePartitionThatStandsStillWhileOthersMove() {
    var closing =
        Closing.of(
            List.of(
                source(0, T + 5 * MINUTE),
                subject(0, 0, T + 5 * MINUTE, T),
                subject(0, 1, T, T),
                subject(0, 2, T + 4 * MINUTE, T)));

    assertThat(closing.waitsFor()).containsExactly(1);
    assertThat(closing.sources().get(1).here()).isFalse();
    assertThat(closing.sources().get(1).watermarkMs()).isNull();
    assertThat(closing.sources().get(1).knownMs()).isEqualTo(T);
  }

  @Test
  void shouldNameThePartitionNobodyEverHeardOf() {
    var closing =
        Closing.of(
            List.of(
                subject(0, 0, T, Long.MIN_VALUE), subject(0, 1, Long.MIN_VALUE, Long.MIN_VALUE)));

    assertThat(closing.waitsFor()).containsExactly(1);
    assertThat(closing.closedUpToMs()).isNull();
    assertThat(closing.sources().get(1).knownMs()).isNull();
  }

  @Test
  void shouldNameAJoinThatStandsStillWhileItsSourcesMove() {
    var views = new InMemoryViews();
    var watch = new ClosingWatch(views, () -> Instant.ofEpochMilli(nowMs));
    views.progress(
        subject(0, 0, T + 5 * MINUTE, T), join(0, 0, T + 5 * MINUTE, T), join(0, 1, T, T));
    watch.reason();
    nowMs += MINUTE;

    assertThat(Closing.of(views.progress()).waitsForJoins()).containsExactly(1);
    assertThat(Closing.of(views.progress()).waitsFor()).isEmpty();
    assertThat(Closing.of(views.progress()).sources()).hasSize(1);
    assertThat(watch.reason().orElseThrow()).contains("partition 1 of agent-correlations");
  }

  @Test
  void shouldNotBlameAJoinThatWaitsForItsSources() {
    var closing =
        Closing.of(
            List.of(subject(0, 0, T + 5 * MINUTE, T), subject(0, 1, T, T), join(0, 0, T, T)));

    assertThat(closing.waitsFor()).containsExactly(1);
    assertThat(closing.waitsForJoins()).isEmpty();
  }

  @Test
  void shouldNotBlameAnybodyBeforeAnyWatermark() {
    assertThat(Closing.of(List.of()).waitsFor()).isEmpty();
    assertThat(Closing.of(List.of()).closedUpToMs()).isNull();
    assertThat(Closing.of(List.of(subject(0, 0, Long.MIN_VALUE, Long.MIN_VALUE))).waitsFor())
        .isEmpty();
  }

  @Test
  void shouldGiveAReasonOnlyAfterAMinuteWithoutClosing() {
    var views = new InMemoryViews();
    var watch = new ClosingWatch(views, () -> Instant.ofEpochMilli(nowMs));
    blocked(views, T);

    assertThat(watch.reason()).isEmpty();
    nowMs += MINUTE - 1;
    assertThat(watch.reason()).isEmpty();
    nowMs += 1;
    assertThat(watch.reason().orElseThrow())
        .contains("60 s", "source partition 1 (not read by this instance)", "/api/v1/progress");
    blocked(views, T + 15_000);
    assertThat(watch.reason()).as("a window has closed").isEmpty();
  }

  @Test
  void shouldStartAnewWhenThePartitionMovesOrNobodyKnows() {
    var views = new InMemoryViews();
    var watch = new ClosingWatch(views, () -> Instant.ofEpochMilli(nowMs));
    blocked(views, T);
    watch.reason();
    nowMs += 2 * MINUTE;
    views.openUnread(true);
    assertThat(watch.reason()).isEmpty();
    views.openUnread(false);
    assertThat(watch.reason()).isEmpty();
    nowMs += 2 * MINUTE;
    assertThat(watch.reason()).isPresent();
    views.progress(subject(0, 0, T, T), subject(0, 1, T, T));
    assertThat(watch.reason()).isEmpty();
  }

  private static void blocked(InMemoryViews views, long closedUpToMs) {
    views.progress(
        source(0, T + 9 * MINUTE),
        subject(0, 0, T + 9 * MINUTE, closedUpToMs),
        subject(0, 1, T, closedUpToMs));
  }

  private static Progress source(int partition, long watermarkMs) {
    return new Progress(
        "source", partition, partition, watermarkMs, watermarkMs + 15, Long.MIN_VALUE);
  }

  private static Progress subject(int partition, int source, long watermarkMs, long closedUpToMs) {
    return new Progress("subject", partition, source, watermarkMs, watermarkMs, closedUpToMs);
  }

  private static Progress join(int partition, int join, long watermarkMs, long closedUpToMs) {
    return new Progress("join", partition, join, watermarkMs, watermarkMs, closedUpToMs);
  }
}
