package dev.tidemark.streams.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.testkit.oracle.ShapedLog;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Fleets of every kind, none of which has a decision that can be joined, give the same bytes as if
 * requests and decisions were told to nobody.
 */
class ObserveEarlierShapesTest {
  private static final int KINDS = 22;
  private long told;

  @Test
  void shouldLeaveWindowsWithoutJoinedDecisionsAsTheyWere() {
    for (long seed = 0; seed < KINDS; seed++) {
      ShapedLog log = ShapedLog.of(seed);

      assertThat(windows(log, seed, true)).as("%s", log).isEqualTo(windows(log, seed, false));
    }
    assertThat(told).isPositive();
  }

  private Map<String, String> windows(ShapedLog log, long seed, boolean tells) {
    ObserveRig rig = new ObserveRig(ShapePlay.config(log.config(), 2), List.of());
    if (!tells) {
      rig.tellNobody();
    }
    ShapePlay.play(rig, log.config(), log.entries(), 2, new Random(seed));
    for (int partition = 0; partition < 2; partition++) {
      told += rig.correlations(partition).stream().filter(f -> f.length > Frames.HEAD).count();
    }
    return ShapePlay.bytes(ShapePlay.byKey(rig.windows()));
  }
}
