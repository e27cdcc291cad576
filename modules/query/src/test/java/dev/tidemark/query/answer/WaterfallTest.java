package dev.tidemark.query.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.query.Records;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.SpanKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class WaterfallTest {
  @Test
  void shouldIndentChildrenUnderTheirParentInOrderOfStart() {
    assertThat(shape(List.of(span(4, 2), span(1, null), span(3, 1), span(2, 1))))
        .containsExactly("1 0 ROOT", "2 1 CHILD", "4 2 CHILD", "3 1 CHILD");
  }

  @Test
  void shouldShowOrphansAfterTheRoots() {
    assertThat(shape(List.of(span(1, 9), span(2, null), span(3, 1))))
        .containsExactly("2 0 ROOT", "1 0 ORPHAN", "3 1 CHILD");
  }

  @Test
  void shouldCutACycleAtItsEarliestSpan() {
    assertThat(shape(List.of(span(3, 2), span(2, 3), span(4, 4))))
        .containsExactly("2 0 CYCLE", "3 1 CHILD", "4 0 CYCLE");
  }

  @Test
  void shouldCountCopiesOnOneRow() {
    List<Waterfall.Row> rows = Waterfall.of(List.of(span(1, null), span(1, null), span(1, 7)));

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).copies()).isEqualTo(3);
  }

  @Test
  void shouldSurviveADeepChain() {
    List<AgentSpan> chain =
        IntStream.rangeClosed(1, 20_000).mapToObj(n -> span(n, n == 1 ? null : n - 1)).toList();

    assertThat(Waterfall.of(chain).get(19_999).depth()).isEqualTo(19_999);
  }

  /** Random parents make roots, orphans, rings, self-loops and duplicates in one heap. */
  @RepeatedTest(200)
  void shouldShowEverySpanExactlyOnceInWhateverOrder(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var spans = new ArrayList<AgentSpan>();
    int size = 1 + random.nextInt(60);
    for (int i = 0; i < size; i++) {
      Integer parent = random.nextInt(5) == 0 ? null : random.nextInt(size + 3);
      spans.add(span(random.nextInt(size), parent));
    }

    List<Waterfall.Row> rows = Waterfall.of(spans);
    Collections.shuffle(spans, random);

    assertThat(rows.stream().map(row -> row.span().getSpanId()).toList())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            spans.stream().map(AgentSpan::getSpanId).collect(Collectors.toSet()));
    assertThat(Waterfall.of(spans)).isEqualTo(rows);
    assertThat(rows.stream().mapToInt(Waterfall.Row::copies).sum()).isEqualTo(spans.size());
    assertThatChildrenFollowTheirParent(rows);
  }

  private static void assertThatChildrenFollowTheirParent(List<Waterfall.Row> rows) {
    Map<String, Integer> depths = new HashMap<>();
    for (Waterfall.Row row : rows) {
      if (row.place() == Waterfall.Place.CHILD) {
        assertThat(depths).containsEntry(row.span().getParentSpanId(), row.depth() - 1);
      }
      depths.put(row.span().getSpanId(), row.depth());
    }
  }

  private static List<String> shape(List<AgentSpan> spans) {
    return Waterfall.of(spans).stream()
        .map(
            row ->
                Integer.parseInt(row.span().getSpanId(), 16)
                    + " "
                    + row.depth()
                    + " "
                    + row.place())
        .toList();
  }

  private static AgentSpan span(int n, Integer parent) {
    return Records.span(n, parent, SpanKind.STEP, "step").build();
  }
}
