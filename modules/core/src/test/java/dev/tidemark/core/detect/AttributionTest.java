package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.records.DimensionShare;
import dev.tidemark.records.PartSums;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An agent with two tools and three error types, before and after something changed. */
class AttributionTest {
  @Test
  void shouldNameTheToolThatCarriesTheShift() {
    Attribution found = errors(window(1000, 50, 200, 10), window(1000, 50, 200, 110));
    DimensionShare first = found.shares().get(0);
    assertThat(first.getDimension()).isEqualTo("tool");
    assertThat(first.getValue()).isEqualTo("pay");
    assertThat(first.getShare()).isCloseTo(1, within(1e-9));
    assertThat(found.mix()).isCloseTo(0, within(1e-9));
  }

  /** Neither tool fails more often; the one that always failed more is called more. */
  @Test
  void shouldTellAnotherMixFromAnotherBehaviour() {
    Attribution found = errors(window(1000, 10, 200, 60), window(400, 4, 800, 240));
    assertThat(found.mix()).isCloseTo(1, within(0.01));
    assertThat(found.shares().get(0).getDimension()).isEqualTo("mix");
  }

  @Test
  void shouldNameTheErrorTypeThatIsNew() {
    WindowRecord before = window(1000, 50, 200, 10);
    before.setErrorTypes(Map.of("not_found", 55L, "schema", 5L));
    WindowRecord after = window(1000, 150, 200, 30);
    after.setErrorTypes(Map.of("not_found", 55L, "schema", 5L, "timeout", 120L));
    DimensionShare first = errors(before, after).shares().get(0);
    assertThat(first.getDimension()).isEqualTo("error_type");
    assertThat(first.getValue()).isEqualTo("timeout");
    assertThat(first.getShare()).isCloseTo(1, within(1e-9));
  }

  @Test
  void shouldAddUpToAllOfTheShift() {
    Attribution found = errors(window(1000, 50, 200, 10), window(700, 70, 500, 90));
    double sum =
        found.shares().stream()
            .filter(s -> s.getDimension().equals("tool"))
            .mapToDouble(DimensionShare::getShare)
            .sum();
    assertThat(sum + found.mix()).isCloseTo(1, within(0.03));
  }

  @Test
  void shouldSayNothingWhereThereIsNothingToCompare() {
    Attribution found = errors(window(0, 0, 0, 0), window(10, 1, 0, 0));
    assertThat(found.shares()).isEmpty();
    assertThat(found.mix()).isZero();
  }

  @Test
  void shouldRememberTimesToAnEighthOfTheirAgeInLittleRoom() {
    PartsMemory memory = new PartsMemory();
    for (int w = 0; w < 5000; w++) {
      WindowRecord window = window(10, w < 4500 ? 0 : 1, 2, 0);
      window.setWindowStartMs(w * 15_000L);
      window.setWindowEndMs(w * 15_000L + 15_000);
      memory.add(window);
    }
    PartsMemory again = PartsMemory.of(memory.toBytes());
    long changeMs = 4500 * 15_000L;
    long since = again.since(changeMs).get("").x(Signal.ERROR_RATE);
    long until = again.until(changeMs).get("").x(Signal.ERROR_RATE);
    assertThat(since).isEqualTo(500);
    assertThat(until).isZero();
    assertThat(again.since(changeMs).get("").n(Signal.ERROR_RATE)).isBetween(6000L, 6000L + 800);
    assertThat(memory.toBytes().length).isLessThan(2500);
  }

  private static Attribution errors(WindowRecord before, WindowRecord after) {
    PartsMemory memory = new PartsMemory();
    memory.add(before);
    after.setWindowStartMs(15_000);
    after.setWindowEndMs(30_000);
    memory.add(after);
    return new Attribution(Signal.ERROR_RATE, memory.until(15_000), memory.since(15_000));
  }

  private static WindowRecord window(long search, long searchErrors, long pay, long payErrors) {
    WindowRecord window =
        FleetWindows.empty(FleetWindows.key(SubjectKind.AGENT, "teller", "", "v1"), 0);
    window.setAttempts(search + pay);
    window.setErrors(searchErrors + payErrors);
    Map<String, PartSums> parts = new HashMap<>();
    for (var tool :
        List.of(
            Map.entry("tool:search@unknown", new long[] {search, searchErrors}),
            Map.entry("tool:pay@unknown", new long[] {pay, payErrors}))) {
      PartSums sums = new PartSums();
      sums.setAttempts(tool.getValue()[0]);
      sums.setErrors(tool.getValue()[1]);
      parts.put(tool.getKey(), sums);
    }
    window.setParts(parts);
    return window;
  }
}
