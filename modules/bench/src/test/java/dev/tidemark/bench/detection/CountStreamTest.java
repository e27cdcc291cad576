package dev.tidemark.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CountStreamTest {
  private static final double RATE = 0.2;
  private final Counts window = new Counts();

  @Test
  void shouldSkipEmptyWindowsWithoutChangingTheTraffic() {
    FleetSeries slow = new FleetSeries(0, 0.4, RATE);
    for (Behaviour behaviour : List.of(Behaviour.iid(RATE), Behaviour.clustered(RATE, 8, 1.7))) {
      CountStream stream = slow.stream(behaviour, new Chance(1, 1), Long.MAX_VALUE, 1);
      long n = 0;
      long x = 0;
      long days = 400;
      for (stream.next(window); window.startMs < days * Counts.DAY_MS; stream.next(window)) {
        assertThat(window.n).isPositive();
        n += window.n;
        x += window.x;
      }
      assertThat(n / (days * 1440.0)).isCloseTo(0.4, within(0.01));
      assertThat((double) x / n).isCloseTo(RATE, within(0.01));
    }
  }

  @Test
  void shouldTellSumsOverRunsThatOutlastWindows() {
    CountStream stream =
        Cell.fixed(Behaviour.clustered(RATE, 10, 4), new Chance(1, 2), Long.MAX_VALUE, 1);
    Counts total = new Counts();
    for (int i = 0; i < 20_000; i++) {
      stream.next(window);
      total.n += window.n;
      total.x += window.x;
      total.runs += window.runs;
      total.nn += window.nn;
      total.nx += window.nx;
      total.xx += window.xx;
    }
    double p = (double) total.x / total.n;
    double phi = (total.xx - 2 * p * total.nx + p * p * total.nn) / (p * (1 - p) * total.n);
    assertThat(phi).isCloseTo(4, within(0.15));
    assertThat((double) total.n / total.runs).isCloseTo(10, within(0.01));
    assertThat((double) total.nn / total.n).isCloseTo(10, within(0.01));
  }

  @Test
  void shouldWanderAsMuchAsItSays() {
    Behaviour walk = Behaviour.wandering(RATE, 0.25, 0.9);
    CountStream stream = Cell.fixed(walk, new Chance(1, 3), Long.MAX_VALUE, 1);
    double variance = 0;
    int blocks = 2_000;
    int length = 200;
    for (int block = 0; block < blocks; block++) {
      double sum = 0;
      for (int i = 0; i < length; i++) {
        stream.next(window);
        sum += window.x - RATE * window.n;
      }
      variance += sum * sum / blocks;
    }
    double independent = length * Cell.PER_WINDOW * RATE * (1 - RATE);
    assertThat(variance / independent).isCloseTo(walk.phi(Cell.PER_WINDOW), within(1.5));
  }

  @Test
  void shouldChangeTheRateFromATimeOn() {
    long changeMs = 1_000 * Counts.WINDOW_MS;
    CountStream stream = Cell.fixed(Behaviour.iid(RATE), new Chance(1, 4), changeMs, 2);
    assertThat(rate(stream, 1_000)).isCloseTo(RATE, within(0.01));
    assertThat(rate(stream, 1_000)).isCloseTo(2 * RATE, within(0.01));
  }

  @Test
  void shouldHaveADailySeason() {
    RateWalk rates =
        new RateWalk(Behaviour.seasonal(RATE, 0.5), new Chance(1, 5), Long.MAX_VALUE, 1);
    assertThat(rates.at(Counts.DAY_MS / 4)).isCloseTo(1.5 * RATE, within(1e-9));
    assertThat(rates.at(Counts.DAY_MS * 3 / 4)).isCloseTo(0.5 * RATE, within(1e-9));
  }

  @Test
  void shouldDrawWholeRecordedRuns() {
    CountStream stream =
        new ResampledRuns(List.of(new long[] {30, 3}, new long[] {40, 0}), 50, new Chance(1, 6));
    stream.next(window);
    assertThat(window.n).isBetween(60L, 80L);
    assertThat(window.runs).isEqualTo(2);
    assertThat(window.nn).isBetween(1_800L, 3_200L);
  }

  private double rate(CountStream stream, int windows) {
    long n = 0;
    long x = 0;
    for (int i = 0; i < windows; i++) {
      stream.next(window);
      n += window.n;
      x += window.x;
    }
    return (double) x / n;
  }
}
