package dev.tidemark.streams.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.oracle.DecisionLog;
import dev.tidemark.testkit.oracle.LogEntry;
import dev.tidemark.testkit.oracle.OracleWindow;
import dev.tidemark.testkit.oracle.WindowOracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decisions meet requests of other traces: the waits are those of the definitions. */
class ObserveDecisionsTest {
  private static final int LOGS = 120;
  private static final int ORDERS = 40;

  static LongStream seeds() {
    return LongStream.range(0, LOGS);
  }

  static LongStream orders() {
    return LongStream.range(0, ORDERS);
  }

  private static Map<String, OracleWindow> expected(DecisionLog log) {
    return WindowOracle.windows(log.config(), log.entries());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shouldJoinWhatTheDefinitionsJoin(long seed) {
    DecisionLog log = DecisionLog.of(seed);
    int partitions = 1 + (int) (seed % 3);
    var windows = ShapePlay.windows(log.config(), log.entries(), partitions, new Random(seed));

    assertThat(ObserveOracleTest.differences(windows, expected(log))).as("%s", log).isEmpty();
  }

  /** The whole log is there at once, in the order of arrivals in each partition. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("orders")
  void shouldJoinTheSameInAnyReadingOrderAndWhoeverDies(long seed) {
    DecisionLog log = DecisionLog.of(seed);
    int partitions = 2 + (int) (seed % 2);
    ObserveConfig config = ShapePlay.config(log.config(), partitions);
    List<LogEntry> entries = ShapePlay.spread(log.config(), log.entries(), partitions);
    var prompt = ShapePlay.windows(log.config(), log.entries(), partitions, new Random(seed));
    var calm = ReadingOrder.windows(config, entries, new Random(seed), 0);
    var deadly = ReadingOrder.windows(config, entries, new Random(seed + 1), 500);

    assertThat(ObserveOracleTest.differences(calm, expected(log))).as("%s", log).isEmpty();
    assertThat(ShapePlay.bytes(calm)).as("%s", log).isEqualTo(ShapePlay.bytes(prompt));
    assertThat(ShapePlay.bytes(deadly)).as("%s", log).isEqualTo(ShapePlay.bytes(prompt));
  }

  @Test
  void shouldDoSoAsItIsDrawn() {
    for (long seed = LOGS; seed < LOGS + 10; seed++) {
      DecisionLog log = DecisionLog.of(seed);
      var windows = ShapePlay.drawnWindows(log.config(), log.entries(), new Random(seed));

      assertThat(ObserveOracleTest.differences(windows, expected(log))).as("%s", log).isEmpty();
    }
  }

  /** What no log shows, no test checks. */
  @Test
  void shouldShowWaitsOnTimeAndWaitsThatAreCorrected() {
    List<WindowRecord> closed = new ArrayList<>();
    List<String> moved = new ArrayList<>();
    seeds()
        .mapToObj(DecisionLog::of)
        .flatMap(log -> expected(log).values().stream())
        .forEach(
            window -> {
              var first = window.closed() == null ? null : window.closed().getHumanWait();
              var last = window.revised() == null ? null : window.revised().getHumanWait();
              if (first != null) {
                closed.add(window.closed());
              }
              if (first != null && !first.equals(last)) {
                moved.add(window.key());
              }
            });

    assertThat(closed).hasSizeGreaterThan(300);
    assertThat(moved).hasSizeGreaterThan(30);
  }
}
