package dev.tidemark.streams.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.testkit.oracle.LogEntry;
import dev.tidemark.testkit.oracle.OracleWindow;
import dev.tidemark.testkit.oracle.ShapedLog;
import dev.tidemark.testkit.oracle.WindowOracle;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same arrivals, read in whatever order the partitions and topics come, with beats and deaths
 * at any moment: the same windows, byte for byte, as closed and as finally revised, that they were
 * when everything was read as it came.
 */
class ObservePermutationTest {
  private static final int ORDERS = 3;
  private static final int SMALL_HEAP = 25;

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("tidemark.oracle.shapes", 66));
  }

  private static int partitions(long seed) {
    return 1 + (int) (seed % 3);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shouldNotDependOnTheOrderOfReading(long seed) {
    assertSameWindows(seed, 0);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shouldNotDependOnWhoDiesWhen(long seed) {
    assertSameWindows(seed, 150);
  }

  private static void assertSameWindows(long seed, int deathsPerMille) {
    ShapedLog log = ShapedLog.of(seed);
    List<LogEntry> spread = ShapePlay.spread(log.config(), log.entries(), partitions(seed));
    Map<String, OracleWindow> expected = WindowOracle.windows(log.config(), log.entries());
    Map<String, String> live = live(log, seed);
    for (int order = 0; order < ORDERS; order++) {
      Random random = new Random(seed * ORDERS + order);
      ObserveConfig config = ShapePlay.config(log.config(), partitions(seed));
      int deaths = order == 0 ? 0 : deathsPerMille;
      var windows = ReadingOrder.windows(config, spread, random, deaths);
      assertThat(ObserveOracleTest.differences(windows, expected))
          .as("%s, order %d", log, order)
          .isEmpty();
      assertThat(ShapePlay.differences(ShapePlay.bytes(windows), live))
          .as("%s, order %d", log, order)
          .isEmpty();
    }
  }

  /** Everybody dies after each beat and each merge; late records find windows closed before. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shouldReviseAfterRestartsAsWithout(long seed) {
    ShapedLog log = ShapedLog.of(seed);
    ObserveRig rig = rig(log, seed, RunLimits.DEFAULT);
    rig.dieOften(true, true);

    assertThat(ShapePlay.differences(live(rig, log, seed), live(log, seed)))
        .as(log.toString())
        .isEmpty();
  }

  /** Runs go to the store and come back all the time. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shouldNotDependOnTheHeap(long seed) {
    ShapedLog log = ShapedLog.of(seed);
    RunLimits limits = RunLimits.DEFAULT;
    RunLimits cramped = new RunLimits(limits.perTask(), limits.perTenant(), SMALL_HEAP);

    assertThat(ShapePlay.differences(live(rig(log, seed, cramped), log, seed), live(log, seed)))
        .as(log.toString())
        .isEmpty();
  }

  private static Map<String, String> live(ShapedLog log, long seed) {
    return live(rig(log, seed, RunLimits.DEFAULT), log, seed);
  }

  private static Map<String, String> live(ObserveRig rig, ShapedLog log, long seed) {
    ShapePlay.play(rig, log.config(), log.entries(), partitions(seed), new Random(seed));
    return ShapePlay.bytes(ShapePlay.byKey(rig.windows()));
  }

  private static ObserveRig rig(ShapedLog log, long seed, RunLimits limits) {
    ObserveConfig config = ShapePlay.config(log.config(), partitions(seed));
    return new ObserveRig(config.with(limits, config.prices()), List.of());
  }
}
