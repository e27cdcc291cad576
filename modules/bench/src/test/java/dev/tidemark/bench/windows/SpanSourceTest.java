package dev.tidemark.bench.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SpanSourceTest {
  private static final Shape SHAPE = Shape.usual(50_000, 4);

  @Test
  void shouldGiveTheSameSpansForTheSameSeed() {
    assertThat(all(SHAPE, 1)).isEqualTo(all(SHAPE, 1));
    assertThat(all(SHAPE, 1)).isNotEqualTo(all(SHAPE, 2));
  }

  @Test
  void shouldArriveInOrderAndNeverBeforeTheEnd() {
    List<Stamped> spans = all(SHAPE, 1);

    assertThat(spans).hasSize(50_000).isSorted();
    assertThat(spans).allMatch(s -> s.arrivalMs() > s.span().getEndMs());
    assertThat(spans).allMatch(s -> s.arrivalMs() - s.span().getEndMs() < 15_000);
  }

  @Test
  void shouldHaveTheSharesItSays() {
    List<Stamped> spans = all(SHAPE, 1);
    double tools = count(spans, s -> s.getKind() == SpanKind.TOOL);

    assertThat(count(spans, s -> s.getKind() == SpanKind.RUN)).isEqualTo(5_000);
    assertThat(count(spans, s -> s.getKind() == SpanKind.LLM)).isBetween(10_000.0, 15_000.0);
    assertThat(count(spans, s -> s.getOutcome() == Outcome.TOOL_ERROR) / tools)
        .isCloseTo(0.08, within(0.01));
    assertThat(count(spans, s -> s.getOutcome() == Outcome.DENIED) / tools)
        .isCloseTo(0.01, within(0.003));
    assertThat(count(spans, s -> s.getAttempt() != null)).isPositive();
  }

  @Test
  void shouldSpreadOverAsManySeriesAsTheShapeHas() {
    Set<String> series = new HashSet<>();
    for (Stamped stamped : all(SHAPE, 1)) {
      AgentSpan span = stamped.span();
      if (span.getKind() == SpanKind.TOOL) {
        series.add(span.getToolName() + '/' + span.getToolVersion());
      }
    }
    assertThat(series).hasSize(150);
  }

  private static double count(List<Stamped> spans, Predicate<AgentSpan> which) {
    return spans.stream().map(Stamped::span).filter(which).count();
  }

  private static List<Stamped> all(Shape shape, long seed) {
    SpanSource source = new SpanSource(shape, seed);
    List<Stamped> spans = new ArrayList<>();
    for (Stamped next = source.next(); next != null; next = source.next()) {
      spans.add(next);
    }
    return spans;
  }
}
