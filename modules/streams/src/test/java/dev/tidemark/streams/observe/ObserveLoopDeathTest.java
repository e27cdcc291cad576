package dev.tidemark.streams.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Finding;
import dev.tidemark.records.FindingAction;
import dev.tidemark.testkit.oracle.ShapedLog;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was told of loops is told once, whoever dies when and however little the heap holds. */
class ObserveLoopDeathTest {
  private static final int SMALL_HEAP = 25;

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("tidemark.oracle.shapes", 66));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shouldTellTheSameThoughTasksDie(long seed) {
    ShapedLog log = ShapedLog.of(seed);
    List<Finding> told = told(log, seed, false, RunLimits.DEFAULT);
    RunLimits limits = RunLimits.DEFAULT;
    RunLimits cramped = new RunLimits(limits.perTask(), limits.perTenant(), SMALL_HEAP);

    assertThat(told(log, seed, true, limits)).as(log.toString()).isEqualTo(told);
    assertThat(told(log, seed, true, cramped)).as(log.toString()).isEqualTo(told);
    assertEachOpenedAndClosedOnce(told);
  }

  private static void assertEachOpenedAndClosedOnce(List<Finding> told) {
    Map<String, List<FindingAction>> actions =
        told.stream()
            .collect(
                Collectors.groupingBy(
                    Finding::getEpisodeId,
                    Collectors.mapping(Finding::getAction, Collectors.toList())));
    assertThat(actions.values())
        .allSatisfy(
            each -> assertThat(each).containsExactly(FindingAction.OPEN, FindingAction.CLOSE));
  }

  /** Without loops there would be nothing to tell twice. */
  @Test
  void shouldHaveLoopsToTell() {
    assertThat(
            seeds()
                .filter(s -> !told(ShapedLog.of(s), s, false, RunLimits.DEFAULT).isEmpty())
                .count())
        .isGreaterThan(seeds().count() / 5);
  }

  /** Per alert in order; tasks and runs may take turns in another one. */
  private static List<Finding> told(ShapedLog log, long seed, boolean deaths, RunLimits limits) {
    int partitions = 1 + (int) (seed % 3);
    ObserveConfig config = ShapePlay.config(log.config(), partitions);
    ObserveRig rig = new ObserveRig(config.with(limits, config.prices()), List.of());
    rig.dieOften(deaths, deaths);
    ShapePlay.play(rig, log.config(), log.entries(), partitions, new Random(seed));
    return rig.findings().stream()
        .sorted(Comparator.comparing(Finding::getAlertKey).thenComparing(Finding::getSeq))
        .toList();
  }
}
