package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.detect.BudgetSimulation.Source;
import dev.tidemark.core.detect.BudgetSimulation.Traffic;
import dev.tidemark.records.Signal;
import org.junit.jupiter.api.Test;

class DispersionTest {
  @Test
  void shouldBeCautiousWhileLittleIsKnown() {
    assertThat(new Dispersion(Signal.DENIAL_RATE).phi()).isEqualTo(2);
    assertThat(new Dispersion(Signal.SUCCESS_RATE).phi()).isEqualTo(1.25);
  }

  @Test
  void shouldFindIndependentCallsIndependent() {
    assertThat(of(new Source(0.1, 10, 1, 0), true, 3).phi()).isBetween(1.0, 1.6);
  }

  /** Eight calls with correlation 0.43: phi is 1 + 7 x 0.43 = 4, times 1.25. */
  @Test
  void shouldSeeThatCallsOfARunGoTogether() {
    assertThat(of(new Source(0.1, 10, 8, 0.43), true, 4).phi()).isBetween(4.0, 7.0);
  }

  @Test
  void shouldAssumeHalfWhereWindowsDoNotTell() {
    assertThat(of(new Source(0.1, 10, 8, 0), false, 5).phi()).isBetween(5.0, 7.0);
  }

  @Test
  void shouldComeBackFromBytes() {
    Dispersion before = of(new Source(0.1, 10, 8, 0.43), true, 6);
    StateWriter out = new StateWriter();
    before.write(out);
    Dispersion after = Dispersion.read(Signal.ERROR_RATE, new StateReader(out.toBytes()));
    assertThat(after.phi()).isEqualTo(before.phi());
    StateWriter again = new StateWriter();
    after.write(again);
    assertThat(again.toBytes()).isEqualTo(out.toBytes());
  }

  private static Dispersion of(Source source, boolean told, int seed) {
    Dispersion dispersion = new Dispersion(told ? Signal.ERROR_RATE : Signal.IDENTICAL_CALL_RATE);
    Traffic traffic = new Traffic(source, seed, told);
    for (int w = 0; w < 2000; w++) {
      SignalCounts counts = traffic.window();
      dispersion.addClusters(counts);
      dispersion.addBlock(counts.n(), counts.x(), source.rate());
    }
    return dispersion;
  }
}
