package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** A series with a season of half of its mean, 2,000 calls an hour. */
class RateNullTest {
  private static final long HOUR_MS = 3_600_000;
  private static final long DAY_MS = 24 * HOUR_MS;
  private final RateNull belief = new RateNull();

  @Test
  void shouldFollowTheSeasonBeforeItIsKnown() {
    play(3);
    long peak = 3 * DAY_MS + 9 * HOUR_MS;
    play(3 * DAY_MS, peak);
    assertThat(belief.at(peak, 1).mean()).isBetween(0.12, 0.16);
    assertThat(belief.seasonal(1)).isTrue();
  }

  @Test
  void shouldKnowEachHourAfterAWeek() {
    play(8);
    assertThat(belief.endFollowing(8 * DAY_MS)).as("its first window was at 0").isTrue();
    assertThat(belief.endFollowing(8 * DAY_MS)).as("once").isFalse();
    assertThat(belief.at(8 * DAY_MS + 6 * HOUR_MS, 1).mean()).isCloseTo(0.15, within(0.01));
    assertThat(belief.at(8 * DAY_MS + 18 * HOUR_MS, 1).mean()).isCloseTo(0.05, within(0.01));
  }

  @Test
  void shouldComeBackFromBytes() {
    play(2);
    StateWriter out = new StateWriter();
    belief.write(out);
    StateWriter again = new StateWriter();
    RateNull.read(new StateReader(out.toBytes())).write(again);
    assertThat(again.toBytes()).isEqualTo(out.toBytes());
  }

  private void play(int days) {
    play(0, days * DAY_MS);
  }

  private void play(long fromMs, long untilMs) {
    Random random = new Random(4);
    for (long ms = fromMs; ms < untilMs; ms += HOUR_MS / 4) {
      double rate = 0.1 * (1 + 0.5 * Math.sin(2 * Math.PI * ms / DAY_MS));
      long events = 0;
      for (int i = 0; i < 500; i++) {
        events += random.nextDouble() < rate ? 1 : 0;
      }
      belief.learn(ms, 500, events);
    }
  }
}
