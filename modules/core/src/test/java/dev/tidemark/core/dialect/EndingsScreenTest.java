package dev.tidemark.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.SpanKind;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts of failures are looked through for a few words before any pattern is asked. */
class EndingsScreenTest {
  private static final List<String> PIECES =
      List.of(
          "Graph",
          "Node",
          "Interrupt",
          "Approval",
          "Required",
          "Parent",
          "Command",
          "BubbleUp",
          "was manually rejected",
          "Rejected",
          "rejected by ",
          "the ",
          "user",
          "human",
          "ToolCall",
          "Guardrail",
          "TripwireTriggered",
          "Blocked",
          "Intervened",
          "Content",
          "Policy",
          "Violation",
          " ",
          ".",
          "(",
          "\n",
          "Error: ",
          "timeout");

  @Test
  void shouldAskPatternsWhereverOneFindsAnything() {
    var random = new Random(20_261_124);
    int told = 0;
    for (int i = 0; i < 50_000; i++) {
      var text = new StringBuilder();
      for (int pieces = 1 + random.nextInt(5); pieces > 0; pieces--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      AgentSpan tool = new AgentSpan();
      tool.setKind(SpanKind.TOOL);
      if (Endings.told(text.toString(), tool) != null) {
        assertThat(Endings.tellsMore(text.toString())).as(text.toString()).isTrue();
        told++;
      }
    }
    assertThat(told).isGreaterThan(1_000);
  }

  @Test
  void shouldAskNoPatternAboutOrdinaryFailures() {
    assertThat(Endings.tellsMore("Error: 503 from the booking service, try again")).isFalse();
    assertThat(Endings.tellsMore((Object) null)).isFalse();
  }

  @Test
  void shouldAskPatternsAboutWhatIsNoText() {
    assertThat(Endings.tellsMore(List.of("GraphInterrupt"))).isTrue();
  }
}
