package dev.tidemark.streams.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.testkit.oracle.LogEntry;
import dev.tidemark.testkit.oracle.ShapedLog;
import dev.tidemark.testkit.oracle.WindowOracle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two spans with one id that do not say the same: one of them counts, whoever comes first. */
class ObserveConflictTest {
  static LongStream seeds() {
    return LongStream.range(0, 63).filter(seed -> !spans(ShapedLog.of(seed)).isEmpty());
  }

  private static List<Integer> spans(ShapedLog log) {
    List<LogEntry> entries = entries(log);
    return IntStream.range(0, entries.size())
        .filter(i -> entries.get(i).record() instanceof AgentSpan)
        .boxed()
        .toList();
  }

  /**
   * Without verdicts: what another topic tells of a denial is joined as of the reading, and of two
   * records with one id the loser is forgotten, whatever is read behind it.
   */
  private static List<LogEntry> entries(ShapedLog log) {
    return log.entries().stream().filter(entry -> !verdict(entry.record())).toList();
  }

  private static boolean verdict(SpecificRecord record) {
    return record instanceof AgentSpan span
        ? span.getKind() == SpanKind.GUARDRAIL
        : ((AgentEvent) record).getType() == EventType.GUARDRAIL_DECISION;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shouldChooseByWhatTheySay(long seed) {
    ShapedLog log = ShapedLog.of(seed);
    Random random = new Random(seed);
    List<Integer> spans = spans(log);
    int at = spans.get(random.nextInt(spans.size()));
    int later = at + random.nextInt(entries(log).size() - at);
    AgentSpan one = (AgentSpan) entries(log).get(at).record();
    AgentSpan two = AgentSpan.newBuilder(one).setOutcome(Outcome.REJECTED).build();
    two.setErrorType("conflict " + seed);

    Set<AgentSpan> winners = new HashSet<>(List.of(one, two));
    for (List<AgentSpan> pair : List.of(List.of(one, two), List.of(two, one))) {
      List<LogEntry> entries = new ArrayList<>(entries(log));
      entries.replaceAll(entry -> entry.record() == one ? copy(pair.get(0), entry) : entry);
      entries.add(later + 1, copy(pair.get(1), entries.get(later)));
      winners.retainAll(winners(log, entries, pair, random));
    }
    assertThat(winners).as(log.toString()).isNotEmpty();
  }

  private static LogEntry copy(AgentSpan span, LogEntry arrival) {
    return LogEntry.of(span, 0, 0, arrival.arrivalMs());
  }

  /** Those whose victory explains every field; both where the difference is none to windows. */
  private static List<AgentSpan> winners(
      ShapedLog log, List<LogEntry> entries, List<AgentSpan> pair, Random random) {
    List<LogEntry> spread = ShapePlay.spread(log.config(), entries, 1);
    var windows = ReadingOrder.windows(ShapePlay.config(log.config(), 1), spread, random, 0);
    List<AgentSpan> winners = new ArrayList<>();
    for (AgentSpan smaller : pair) {
      Comparator<SpecificRecord> order = Comparator.comparing(record -> !record.equals(smaller));
      var expected = WindowOracle.windows(log.config(), entries, order);
      if (ObserveOracleTest.differences(windows, expected).isEmpty()) {
        winners.add(smaller);
      }
    }
    return winners;
  }
}
