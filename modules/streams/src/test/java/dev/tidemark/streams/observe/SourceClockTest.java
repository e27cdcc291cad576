package dev.tidemark.streams.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.streams.observe.ObserveConfig.ArrivalClock;
import org.junit.jupiter.api.Test;

/** Lateness 15 s, tolerance 2 s; wall times are far from arrival times on purpose. */
class SourceClockTest {
  private static final long NOW = 1_790_000_000_000L;
  private static final long WALL = 5_000_000L;

  private static SourceClock clock(ArrivalClock who) {
    return new SourceClock(ObserveConfig.of(1, 1).withClock(who));
  }

  @Test
  void shouldKnowNothingBeforeTheFirstRecord() {
    SourceClock clock = clock(ArrivalClock.PRODUCER);
    clock.asked(0, WALL);
    clock.asked(1, WALL);
    clock.idle(Replay.END, Replay.END);

    assertThat(clock.watermark()).isEqualTo(SourceClock.UNKNOWN);
  }

  @Test
  void shouldFollowTheTopicThatIsBehind() {
    SourceClock clock = clock(ArrivalClock.BROKER);
    clock.arrived(0, NOW, WALL);
    clock.arrived(1, NOW - 60_000, WALL);

    assertThat(clock.watermark()).isEqualTo(NOW - 75_000);
  }

  @Test
  void shouldNotLetAnEmptyTopicHoldUpTheOther() {
    SourceClock clock = clock(ArrivalClock.BROKER);
    clock.arrived(0, NOW, NOW + 100);
    clock.asked(0, NOW + 100);
    clock.asked(1, NOW + 100);
    clock.idle(Replay.UNANSWERED, Replay.END);

    assertThat(clock.watermark()).isEqualTo(NOW - 15_000);
  }

  /** A backlog with few events: those not read yet are no reason to keep all spans waiting. */
  @Test
  void shouldMoveOnToTheNextEventThatWaitsForItsTurn() {
    SourceClock clock = clock(ArrivalClock.PRODUCER);
    clock.arrived(0, NOW, WALL);
    clock.idle(Replay.UNANSWERED, NOW - 20_000);

    assertThat(clock.watermark()).isEqualTo(NOW - 20_000 - 15_000);

    clock.arrived(0, NOW + 5_000, WALL);
    clock.idle(Replay.UNANSWERED, NOW + 60_000);

    assertThat(clock.watermark()).isEqualTo(NOW + 5_000 - 15_000);
  }

  @Test
  void shouldReachNowLessTheToleranceWhenTheBrokerStamps() {
    SourceClock clock = clock(ArrivalClock.BROKER);
    clock.arrived(0, NOW, NOW + 10);
    clock.asked(0, NOW + 60_000);
    clock.asked(1, NOW + 60_000);
    clock.idle(Replay.END, Replay.END);

    assertThat(clock.watermark()).isEqualTo(NOW + 60_000 - 2_000 - 15_000);
  }

  /** Beats do not add up: only the time since the last record counts. */
  @Test
  void shouldMoveOnFromTheLastArrivalWhenAPlayerStamps() {
    SourceClock clock = clock(ArrivalClock.PRODUCER);
    clock.arrived(0, NOW, WALL);
    clock.arrived(1, NOW, WALL);
    for (int beat = 1; beat <= 60; beat++) {
      clock.asked(0, WALL + beat * 500L);
      clock.asked(1, WALL + beat * 500L);
      clock.idle(Replay.END, Replay.END);
    }

    assertThat(clock.watermark()).isEqualTo(NOW + 30_000 - 2_000 - 15_000);
  }

  @Test
  void shouldNeverGoBack() {
    SourceClock clock = clock(ArrivalClock.PRODUCER);
    clock.resumeAt(NOW);
    clock.arrived(0, NOW - 60_000, WALL);
    clock.arrived(1, NOW - 60_000, WALL);

    assertThat(clock.watermark()).isEqualTo(NOW);
  }
}
