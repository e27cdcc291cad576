package dev.tidemark.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetTrialTest {
  private static final Contender CLOCK =
      new Contender("clock", "alarms always", 1, () -> window -> true);
  private static final Contender SLOW =
      new Contender("slow", "alarms always, one in four", 4, () -> window -> true);

  @Test
  void shouldStandForTheWholeFleetInAnyPart() {
    double mean =
        IntStream.range(0, 300).mapToDouble(i -> FleetSeries.of(i).perMinute()).average().orElse(0);
    assertThat(mean).isCloseTo(60 / Math.log(3_000), within(0.4));
    assertThat(IntStream.range(0, 300).mapToObj(FleetSeries::of))
        .allMatch(s -> s.rate() >= 0.002 && s.rate() <= 0.2 && s.perMinute() >= 0.02);
  }

  @Test
  void shouldCountFalseAlertsPerDayOfTheFleetAndWhatIsFound() {
    FleetPlan plan = new FleetPlan(20, 4, 5, 1);
    Map<String, FleetTally> tallies =
        new FleetTrial(plan, Regime.IID, List.of(CLOCK, SLOW), 1).run(0, 20);
    FleetTally clock = tallies.get("clock");
    assertThat(clock.quietDays).isEqualTo(16 * 4 + 4 * 2);
    assertThat(clock.shifted).isEqualTo(4);
    assertThat(clock.found).isEqualTo(4);
    assertThat(clock.perDay()).isGreaterThan(100_000);
    assertThat(clock.delays).hasSize((int) clock.feasible);
    assertThat(tallies.get("slow").quietDays).isLessThan(clock.quietDays);
  }

  @Test
  void shouldGiveTheSameInShardsOnManyThreads() {
    List<Contender> contenders = Contenders.all(1e-4);
    FleetPlan plan = new FleetPlan(60, 4, 5, 2);
    var sums = new FleetRun(plan, contenders, List.of(2L), FleetLedger.none(), 0).run();
    for (Regime regime : Regime.values()) {
      var alone = new FleetTrial(plan, regime, contenders, 2).run(0, 60);
      for (Contender contender : contenders) {
        FleetTally a = alone.get(contender.name());
        FleetTally b = sums.get(regime).get(contender.name());
        assertThat(a.falseAlerts).isEqualTo(b.falseAlerts);
        assertThat(a.quietDays).isEqualTo(b.quietDays);
        assertThat(a.delays).isEqualTo(b.delays);
      }
    }
  }

  @Test
  void shouldKeepOursQuietWhereThresholdsAreNot() {
    FleetPlan plan = new FleetPlan(60, 4, 1_000, 1);
    var tallies = new FleetTrial(plan, Regime.CLUSTERED, Contenders.all(1e-4), 3).run(0, 60);
    assertThat(tallies.get(Ours.NAME).falseAlerts).isZero();
    assertThat(tallies.get("twice5m").falseAlerts).isGreaterThan(20);
  }
}
