package dev.tidemark.streams.evidence;

import static dev.tidemark.testkit.Spans.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.audit.ChainCheck;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.AuditEntry;
import dev.tidemark.records.ErasureScope;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.Verdict;
import dev.tidemark.testkit.Events;
import dev.tidemark.testkit.Ids;
import dev.tidemark.testkit.Spans;
import dev.tidemark.testkit.TopologyHarness;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.ErasureMark;
import dev.tidemark.wire.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChainVerdictsTest {
  private final Topics topics = Topics.plain();
  private final AvroSerdes serdes = TopologyHarness.serdes();
  private final EvidenceTopology evidence =
      new EvidenceTopology(
          EvidenceConfig.DEFAULT, topics, serdes, (id, config, to) -> new FakeCopier().open());
  private final TopologyHarness harness = TopologyHarness.start(evidence::build, serdes);

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void shouldChainVerdictsDenialsAndDecisions() {
    send(
        Spans.tool("run", "a", "send")
            .with(s -> s.setPolicyId("guard").setPolicyVersion("2").setPolicyRule("no-send"))
            .with(s -> s.setVerdict(Verdict.DENY).setEnforced(Verdict.WARN))
            .build());
    send(Spans.tool("run", "b", "search").build());
    send(Spans.tool("run", "c", "pay").denied("limit").build());
    send(Events.approvalDecided("run", "d", "decision", HumanDecision.OVERRIDDEN).build());
    List<AuditEntry> chain = chain();
    assertThat(chain).extracting(AuditEntry::getSequence).containsExactly(0L, 1L, 2L);
    AuditEntry verdict = chain.get(0);
    assertThat(verdict.getVerdict()).isEqualTo(Verdict.DENY);
    assertThat(verdict.getEnforced()).isEqualTo(Verdict.WARN);
    assertThat(verdict.getPolicyRule()).isEqualTo("no-send");
    assertThat(verdict.getTopic()).isEqualTo(topics.spans().name());
    assertThat(chain.get(1).getOutcome()).isEqualTo(Outcome.DENIED);
    assertThat(chain.get(2).getHumanDecision()).isEqualTo(HumanDecision.OVERRIDDEN);
    assertThat(chain.get(2).getOutcome()).isNull();
    assertThat(breaks(chain)).isEmpty();
  }

  @Test
  void shouldGoOnWithTheChainAfterARestart() {
    var chain = new ArrayList<AuditEntry>();
    for (int i = 0; i < 3; i++) {
      send(Spans.tool("run", "s" + i, "pay").denied("limit").build());
      chain.addAll(chain());
      harness.restart();
    }
    assertThat(chain).extracting(AuditEntry::getSequence).containsExactly(0L, 1L, 2L);
    assertThat(breaks(chain)).isEmpty();
  }

  @Test
  void shouldTellAnErasureInTheChainAndNotWhose() {
    send(Spans.tool("run", "a", "pay").denied("limit").build());
    erase(Ids.trace("run"), 1);
    erase(null, 1);
    send(Spans.tool("other", "b", "pay").denied("limit").build());
    List<AuditEntry> chain = chain();
    assertThat(chain)
        .extracting(AuditEntry::getErased)
        .containsExactly(null, ErasureScope.CONVERSATION, null);
    assertThat(chain.get(1).getErasedRuns()).isEqualTo(1);
    assertThat(chain.get(1).toString()).doesNotContain(Ids.trace("run"));
    assertThat(breaks(chain)).isEmpty();
    chain.get(1).setErasedRuns(0L);
    assertThat(breaks(chain)).extracting(ChainCheck.Break::sequence).containsExactly(1L);
  }

  private void erase(String traceId, long runs) {
    var record = new TestRecord<String, AgentSpan>(traceId, null, Instant.ofEpochMilli(T0));
    new ErasureMark(ErasureScope.CONVERSATION, runs).addTo(record.headers());
    harness.send(topics.spans(), record);
  }

  /** Nothing that an erasure would have to take out of a chain gets into it. */
  @Test
  void shouldSayNothingAboutWhomItWas() {
    send(
        Spans.tool("run", "a", "send")
            .agent("agent-of-ann", "v1")
            .tenant("tenant-of-ann", "prod")
            .denied("rule")
            .with(s -> s.setConversationId("talk-with-ann").setDecisionActor("ann"))
            .with(s -> s.setDecisionId("decision-of-ann").setToolCallId("call-of-ann"))
            .build());
    assertThat(chain())
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.toString())
                    .doesNotContain("ann")
                    .doesNotContain(Ids.trace("run")));
  }

  private void send(AgentSpan span) {
    harness.send(topics.spans(), span.getTraceId(), span, T0);
  }

  private void send(AgentEvent event) {
    harness.send(topics.events(), event.getTraceId(), event, T0);
  }

  private List<AuditEntry> chain() {
    return harness.read(topics.audit()).stream().map(TestRecord::value).toList();
  }

  private static List<ChainCheck.Break> breaks(List<AuditEntry> chain) {
    var check = new ChainCheck(0, true);
    chain.forEach(check::next);
    return check.breaks();
  }
}
