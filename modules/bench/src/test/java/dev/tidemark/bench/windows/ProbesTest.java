package dev.tidemark.bench.windows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbesTest {
  private static final long MS = 1_000_000;
  private final Probes probes = new Probes(1_000);

  @Test
  void shouldTimeEachProbeWhenTheCountReachesIt() {
    probes.warm(0);
    probes.sent(0, 10_100, 0 * MS);
    probes.sent(0, 10_200, 10 * MS);
    probes.sent(0, 11_000, 20 * MS);

    probes.visible(0, 10_000, 1, 30 * MS);
    probes.visible(0, 10_000, 2, 50 * MS);
    probes.visible(0, 11_000, 1, 25 * MS);

    assertThat(probes.latenciesMs()).containsExactly(30, 40, 5);
  }

  @Test
  void shouldLeaveOutWhatWasSentBeforeItWasWarm() {
    probes.sent(1, 10_100, 5 * MS);
    probes.warm(6 * MS);
    probes.sent(1, 10_200, 7 * MS);

    probes.visible(1, 10_000, 2, 9 * MS);

    assertThat(probes.latenciesMs()).containsExactly(2);
  }

  @Test
  void shouldCountAFallOfTheCountAndNotTimeAProbeTwice() {
    probes.warm(0);
    probes.sent(0, 10_100, 0);
    probes.visible(0, 10_000, 1, 1 * MS);
    probes.visible(0, 10_000, 0, 2 * MS);
    probes.visible(0, 10_000, 1, 3 * MS);

    assertThat(probes.latenciesMs()).containsExactly(1);
    assertThat(probes.dips()).isEqualTo(1);
  }
}
