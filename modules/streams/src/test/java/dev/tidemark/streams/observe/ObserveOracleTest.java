package dev.tidemark.streams.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.oracle.OracleWindow;
import dev.tidemark.testkit.oracle.ShapedLog;
import dev.tidemark.testkit.oracle.WindowDifferences;
import dev.tidemark.testkit.oracle.WindowOracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of every window equals what the definitions make of the same log. */
class ObserveOracleTest {
  private static final int SHAPES = Integer.getInteger("tidemark.oracle.shapes", 242);
  private static final int DRAWN = 22;

  static LongStream seeds() {
    return LongStream.range(0, SHAPES);
  }

  static LongStream drawnSeeds() {
    return LongStream.range(SHAPES, SHAPES + DRAWN);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shouldCountWhatTheDefinitionsCount(long seed) {
    ShapedLog log = ShapedLog.of(seed);
    int partitions = 1 + (int) (seed % 3);
    var windows = ShapePlay.windows(log.config(), log.entries(), partitions, new Random(seed));

    assertThat(differences(windows, expected(log))).as(log.toString()).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("drawnSeeds")
  void shouldDoSoAsItIsDrawn(long seed) {
    ShapedLog log = ShapedLog.of(seed);
    var windows = ShapePlay.drawnWindows(log.config(), log.entries(), new Random(seed));

    assertThat(differences(windows, expected(log))).as(log.toString()).isEmpty();
  }

  private static Map<String, OracleWindow> expected(ShapedLog log) {
    return WindowOracle.windows(log.config(), log.entries());
  }

  static List<String> differences(
      Map<String, List<WindowRecord>> actual, Map<String, OracleWindow> expected) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    for (String key : keys) {
      List<WindowRecord> sent = actual.getOrDefault(key, List.of());
      OracleWindow window = expected.get(key);
      boolean closedFirst = !sent.isEmpty() && sent.get(0).getRevision() == 0;
      WindowRecord closed = closedFirst ? sent.get(0) : null;
      WindowRecord revised = sent.isEmpty() ? null : sent.get(sent.size() - 1);
      numbers(sent).forEach(d -> differences.add(key + "\n  " + d));
      if (closed != null && (window == null || window.closed() == null)) {
        differences.add(key + "\n  closed: nothing was counted, but it was sent");
      }
      if (closed != null && window != null && window.closed() != null) {
        WindowDifferences.inExemplars(closed, window.closedExemplars())
            .forEach(d -> differences.add(key + "\n  closed: " + d));
      }
      WindowDifferences.between(closed, window == null ? null : window.closed())
          .forEach(d -> differences.add(key + "\n  closed: " + d));
      WindowDifferences.between(revised, window == null ? null : window.revised())
          .forEach(d -> differences.add(key + "\n  revised: " + d));
    }
    return differences;
  }

  /** The number of a revision grows from one to the next and is the number of corrections. */
  private static List<String> numbers(List<WindowRecord> sent) {
    List<String> differences = new ArrayList<>();
    int before = -1;
    for (WindowRecord window : sent) {
      if (window.getRevision() <= before || window.getRevision() != window.getCorrected()) {
        differences.add("revision " + window.getRevision() + " after " + before);
      }
      before = window.getRevision();
    }
    return differences;
  }
}
