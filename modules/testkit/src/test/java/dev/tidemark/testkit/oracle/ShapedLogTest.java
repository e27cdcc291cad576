package dev.tidemark.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class ShapedLogTest {
  @Test
  void shouldBeAFunctionOfTheSeed() {
    assertThat(ShapedLog.of(7).entries()).isEqualTo(ShapedLog.of(7).entries());
    assertThat(ShapedLog.of(7).entries()).isNotEqualTo(ShapedLog.of(28).entries());
  }

  @Test
  void shouldArriveInOrder() {
    assertThat(ShapedLog.of(3).entries())
        .isSortedAccordingTo((a, b) -> Long.compare(a.arrivalMs(), b.arrivalMs()));
  }

  /** A count that no shape moves is a count that no test checks. */
  @Test
  void shouldMoveEveryCountOfAWindowAndItsRevision() {
    Set<String> closed = new HashSet<>();
    Set<String> revised = new HashSet<>();
    LongStream.range(0, 484).mapToObj(ShapedLog::of).forEach(log -> moved(log, closed, revised));

    List<String> counts = new ArrayList<>();
    WindowRecord.SCHEMA$.getFields().forEach(field -> counts.add(field.name()));
    counts.removeAll(List.of("series", "windowStartMs", "windowEndMs"));
    counts.removeAll(List.of("exemplars", "revision", "corrected"));
    assertThat(closed).containsAll(counts);
    assertThat(revised).containsAll(counts);
  }

  private static void moved(ShapedLog log, Set<String> closed, Set<String> revised) {
    for (OracleWindow window : WindowOracle.windows(log.config(), log.entries()).values()) {
      long endMs = window.startMs() + log.config().windowMs();
      WindowRecord nothing = WindowSum.emptyRecord(window.series(), window.startMs(), endMs);
      WindowRecord first = window.closed() == null ? nothing : window.closed();
      WindowRecord last = window.revised() == null ? nothing : window.revised();
      for (Schema.Field field : WindowRecord.SCHEMA$.getFields()) {
        if (!Objects.equals(first.get(field.pos()), nothing.get(field.pos()))) {
          closed.add(field.name());
        }
        if (!Objects.equals(first.get(field.pos()), last.get(field.pos()))) {
          revised.add(field.name());
        }
      }
    }
  }
}
