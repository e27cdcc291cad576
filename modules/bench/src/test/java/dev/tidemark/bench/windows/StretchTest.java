package dev.tidemark.bench.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StretchTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void shouldCountFromTheWarmUpToTheLastOutput() {
    Stretch stretch =
        Stretch.of(
            List.of(
                new Sample(0, 1.0, 10.0, 0, 0),
                new Sample(1 * SECOND, 2.0, 10.2, 900, 0),
                new Sample(2 * SECOND, 2.5, 10.3, 1_000, 3),
                new Sample(3 * SECOND, 4.0, 10.8, 3_000, 5),
                new Sample(4 * SECOND, 4.5, 11.0, 3_000, 9),
                new Sample(9 * SECOND, 8.0, 12.0, 3_000, 9)),
            3_000,
            1.0 / 3);

    assertThat(stretch.spans()).isEqualTo(2_000);
    assertThat(stretch.seconds()).isEqualTo(2);
    assertThat(stretch.appCpu()).isCloseTo(2.0, within(1e-9));
    assertThat(stretch.brokerCpu()).isCloseTo(0.7, within(1e-9));
    assertThat(stretch.cpuPerMillion()).isCloseTo(1_350, within(1e-6));
    assertThat(stretch.spansPerSecond()).isCloseTo(1_000, within(1e-9));
  }

  @Test
  void shouldNotTakeAnEarlierPauseOfTheOutputForItsEnd() {
    Stretch stretch =
        Stretch.of(
            List.of(
                new Sample(0, 0, 0, 500, 5),
                new Sample(1 * SECOND, 1, 0, 1_000, 5),
                new Sample(2 * SECOND, 2, 0, 1_000, 5),
                new Sample(3 * SECOND, 3, 0, 1_000, 6)),
            1_000,
            0.5);

    assertThat(stretch.appCpu()).isEqualTo(3);
  }

  @Test
  void shouldBeginBeforeWhenEverythingWasReadBetweenTwoLooks() {
    Stretch stretch =
        Stretch.of(
            List.of(new Sample(0, 1, 0, 0, 0), new Sample(SECOND, 3, 0, 1_000, 0)), 1_000, 0.3);

    assertThat(stretch.appCpu()).isEqualTo(2);
  }

  @Test
  void shouldRefuseARunThatIsNotWhole() {
    assertThatThrownBy(() -> Stretch.of(List.of(new Sample(0, 0, 0, 400, 1)), 1_000, 0.3))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("not seen whole");
    assertThatThrownBy(() -> Stretch.of(List.of(), 1_000, 0.3)).isInstanceOf(BenchFailure.class);
  }
}
