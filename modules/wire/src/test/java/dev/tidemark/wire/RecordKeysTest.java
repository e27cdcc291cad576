package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentContent;
import dev.tidemark.records.ContentRole;
import dev.tidemark.records.ErasureScope;
import dev.tidemark.records.EvidenceKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What can be erased one by one, and how it is asked for. */
class RecordKeysTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static AgentContent.Builder said() {
    return AgentContent.newBuilder()
        .setTraceId(TRACE)
        .setSpanId("00f067aa0ba902b7")
        .setRole(ContentRole.PROMPT)
        .setTimeMs(7)
        .setText("hello");
  }

  @Test
  void shouldTellApartAllThatIsSaidInATrace() {
    List<String> keys = new ArrayList<>();
    keys.add(RecordKeys.content(said().build()));
    keys.add(RecordKeys.content(said().setPart(1).build()));
    keys.add(RecordKeys.content(said().setSpanId(null).build()));
    keys.add(RecordKeys.content(said().setTimeMs(8).build()));
    keys.add(RecordKeys.content(said().setRole(ContentRole.COMPLETION).build()));
    keys.add(RecordKeys.copy(TRACE, EvidenceKind.SPAN, 0, 7));
    keys.add(RecordKeys.copy(TRACE, EvidenceKind.EVENT, 0, 7));
    keys.add(RecordKeys.copy(TRACE, EvidenceKind.SPAN, 1, 7));
    assertThat(keys)
        .doesNotHaveDuplicates()
        .allSatisfy(key -> assertThat(RecordKeys.trace(key)).isEqualTo(TRACE));
    assertThat(RecordKeys.trace(TRACE)).isEqualTo(TRACE);
    assertThat(RecordKeys.content(said().setText("other").build())).isEqualTo(keys.get(0));
  }

  @Test
  void shouldReadBackAMarkAndNothingElse() {
    var headers = new RecordHeaders();
    assertThat(ErasureMark.in(headers)).isEmpty();
    for (String text : List.of("", "TENANT", "NOBODY 1", "TENANT many")) {
      headers.add("tidemark-erasure", text.getBytes(StandardCharsets.UTF_8));
      assertThat(ErasureMark.in(headers)).as(text).isEmpty();
    }
    var mark = new ErasureMark(ErasureScope.TENANT, 12);
    mark.addTo(headers);
    assertThat(ErasureMark.in(headers)).contains(mark);
  }

  @Test
  void shouldCompactWhatCanBeErasedWithinADay() {
    assertThat(Topics.plain().all().stream().filter(t -> t.cleanup() == Topic.Cleanup.ERASABLE))
        .extracting(Topic::name)
        .containsExactly("agent-runs", "agent-evidence", "agent-content");
    assertThat(Topics.plain().content().config())
        .containsEntry("cleanup.policy", "compact,delete")
        .containsEntry("retention.ms", "259200000")
        .containsEntry("max.compaction.lag.ms", "86400000")
        .containsEntry("segment.ms", "86400000");
    assertThat(Topics.plain().spans().config())
        .containsEntry("cleanup.policy", "delete")
        .doesNotContainKey("segment.ms");
  }
}
