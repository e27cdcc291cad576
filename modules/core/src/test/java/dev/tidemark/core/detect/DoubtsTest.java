package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.window.Series;
import dev.tidemark.records.Signal;
import dev.tidemark.records.WindowRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What would have to be true for an alert to be wrong, as far as the data themselves say it. */
class DoubtsTest {
  private static final long T = 1_790_000_010_000L;

  private static List<String> doubts(long lostBefore, long lostSince) {
    PartsMemory memory = new PartsMemory();
    memory.add(window(T, lostBefore));
    memory.add(window(T + 15_000, lostSince));
    PartsMemory read = PartsMemory.of(memory.toBytes());
    return new Explanation(read, read, new RecentChanges()).doubts(Signal.RETRY_RATE, T + 15_000);
  }

  private static WindowRecord window(long startMs, long lost) {
    return WindowRecord.newBuilder()
        .setSeries(new Series.Scope("default", "default", "support", "1").agent().toKey())
        .setWindowStartMs(startMs)
        .setWindowEndMs(startMs + 15_000)
        .setAttempts(10L)
        .setCounted(10L)
        .setCaptureLost(lost)
        .build();
  }

  @Test
  void shouldDoubtFiguresOfAgentsThatDroppedRecords() {
    assertThat(doubts(0, 40))
        .singleElement()
        .asString()
        .startsWith("40 records since the change were dropped by agents");
  }

  @Test
  void shouldNotDoubtForWhatWasLostBeforeTheChange() {
    assertThat(doubts(40, 0)).isEmpty();
  }
}
