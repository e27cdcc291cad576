package dev.tidemark.streams.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.WindowRecord;
import dev.tidemark.streams.detect.Detection;
import dev.tidemark.testkit.oracle.ShapedLog;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Detect refuses nothing that observe closes, whatever agents send. */
class WindowDoorTest {
  @Test
  void shouldTakeWhateverObserveTells() {
    for (long seed = 0; seed < 66; seed++) {
      ShapedLog log = ShapedLog.of(seed);
      for (List<WindowRecord> told :
          ShapePlay.windows(log.config(), log.entries(), 1, new Random(seed)).values()) {
        for (WindowRecord window : told) {
          assertThat(Detection.refuses(window)).as("%s %s", log, window).isEmpty();
        }
      }
    }
  }
}
