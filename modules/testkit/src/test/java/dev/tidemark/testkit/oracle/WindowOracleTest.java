package dev.tidemark.testkit.oracle;

import static dev.tidemark.testkit.Spans.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.Events;
import dev.tidemark.testkit.Spans;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Windows of 15 s from T0, lateness 15 s, skew 60 s, horizon 600 s, silence 60 s. */
class WindowOracleTest {
  private static final OracleConfig CONFIG =
      new OracleConfig(15_000, 15_000, 60_000, 600_000, 3_600_000, 60_000, 3);

  private final List<LogEntry> log = new ArrayList<>();

  private void arrives(Spans span, long arrivalMs) {
    log.add(LogEntry.of(span.build(), 0, log.size(), T0 + arrivalMs));
  }

  private void arrives(Events event, long arrivalMs) {
    AgentEvent built = event.build();
    log.add(LogEntry.of(built, 0, log.size(), T0 + arrivalMs));
  }

  private static Spans search(String id, long endMs) {
    return Spans.tool("run", id, "search").endMs(T0 + endMs);
  }

  private static Spans root(long endMs) {
    return Spans.run("run", "root").endMs(T0 + endMs);
  }

  private OracleWindow window(SubjectKind kind, long startMs) {
    return WindowOracle.windows(CONFIG, log).values().stream()
        .filter(w -> w.series().getSubjectKind() == kind && w.startMs() == T0 + startMs)
        .findFirst()
        .orElse(null);
  }

  private WindowRecord closed(SubjectKind kind, long startMs) {
    return window(kind, startMs).closed();
  }

  @Test
  void shouldTellWhatWasThereAtTheCloseFromWhatCameLater() {
    arrives(search("s1", 1_000), 1_100);
    arrives(search("s2", 14_999), 29_999);
    arrives(search("s3", 2_000), 30_000);

    OracleWindow window = window(SubjectKind.TOOL, 0);
    assertThat(window.closed().getAttempts()).isEqualTo(2);
    assertThat(window.closed().getLate()).isZero();
    assertThat(window.revised().getAttempts()).isEqualTo(3);
    assertThat(window.revised().getLate()).isEqualTo(1);
    assertThat(window.revised().getClusters().getNn()).isEqualTo(9);
  }

  @Test
  void shouldTakeBackWhatALaterSpanReclassifies() {
    arrives(search("inner", 1_000).parent("outer"), 1_100);
    arrives(search("outer", 16_000), 31_000);

    assertThat(closed(SubjectKind.TOOL, 0).getAttempts()).isEqualTo(1);
    assertThat(window(SubjectKind.TOOL, 0).revised()).isNull();
    assertThat(closed(SubjectKind.TOOL, 15_000).getAttempts()).isEqualTo(1);
  }

  @Test
  void shouldCountARecordOnceByItsFirstArrival() {
    arrives(search("s1", 1_000), 1_100);
    arrives(search("s1", 1_000), 20_000);

    assertThat(closed(SubjectKind.TOOL, 0).getCounted()).isEqualTo(1);
    assertThat(closed(SubjectKind.TOOL, 0).getLate()).isZero();
  }

  @Test
  void shouldAskWhichOfTwoContentsCounts() {
    arrives(search("s1", 1_000), 1_100);
    arrives(search("s1", 1_000).failed("e"), 1_200);

    assertThatThrownBy(() -> WindowOracle.windows(CONFIG, log)).hasMessageContaining("share an id");
    Comparator<SpecificRecord> failedFirst =
        Comparator.comparing(record -> ((AgentSpan) record).getOutcome() == Outcome.OK);
    assertThat(WindowOracle.windows(CONFIG, log, failedFirst).values())
        .filteredOn(window -> window.startMs() == T0)
        .hasSize(3)
        .allSatisfy(window -> assertThat(window.closed().getErrors()).isEqualTo(1));
  }

  @Test
  void shouldClampAnEndInsideTheSkewAndRefuseOneBeyond() {
    arrives(search("s1", 61_100), 1_100);
    arrives(search("s2", 61_101), 1_100);
    arrives(search("s3", -T0), 1_100);

    assertThat(closed(SubjectKind.TOOL, 0).getAttempts()).isEqualTo(1);
    assertThat(WindowOracle.quarantined(CONFIG, log)).isEqualTo(2);
  }

  @Test
  void shouldIgnoreWhatIsOlderThanTheHorizon() {
    arrives(search("s1", 1_000), 601_000);
    arrives(search("s2", 1_000), 601_001);

    assertThat(window(SubjectKind.TOOL, 0).revised().getAttempts()).isEqualTo(1);
  }

  @Test
  void shouldCountARunInTheWindowOfItsRoot() {
    arrives(search("s1", 1_000).failed("e").arguments("a"), 1_100);
    arrives(search("s2", 2_000).arguments("a"), 2_100);
    arrives(root(16_000), 16_100);
    arrives(Events.taskSuccess("run", "e1", false).timeMs(T0 + 17_000), 45_000);

    OracleWindow agent = window(SubjectKind.AGENT, 15_000);
    assertThat(agent.closed().getRunsSucceeded()).isEqualTo(1);
    assertThat(agent.closed().getRunsRecovered()).isEqualTo(1);
    assertThat(agent.revised().getRuns()).isEqualTo(1);
    assertThat(agent.revised().getRunsFailed()).isEqualTo(1);
    assertThat(agent.revised().getRunsRecovered()).isZero();
    assertThat(agent.closedExemplars()).containsOnlyKeys("successful", "silent_recovery");
  }

  /** Silent at 61 s, looked at on the bound of 75 s, as it was when arrivals reached 90 s. */
  @Test
  void shouldCloseARunWithoutARootWhenItHasBeenSilent() {
    arrives(search("s1", 1_000).denied("rule"), 1_100);
    arrives(Spans.tool("run", "s2", "fetch").endMs(T0 + 70_000), 90_000);

    WindowRecord agent = closed(SubjectKind.AGENT, 60_000);
    assertThat(agent.getRuns()).isEqualTo(1);
    assertThat(agent.getExhaustedOperations()).isEqualTo(1);
    assertThat(agent.getRunsFailed()).isZero();
  }

  @Test
  void shouldKeepARunOpenThatGoesOnBeforeItIsLookedAt() {
    arrives(search("s1", 1_000), 1_100);
    arrives(search("s2", 70_000), 89_999);

    assertThat(closed(SubjectKind.AGENT, 60_000).getRuns()).isZero();
    assertThat(closed(SubjectKind.AGENT, 120_000).getRuns()).isEqualTo(1);
  }

  @Test
  void shouldWaitForAHumanBeyondTheHorizon() {
    arrives(search("s1", 1_000).callId("c").outcome(Outcome.AWAITING_HUMAN), 1_100);
    arrives(search("s2", 2_000_000).callId("c"), 2_000_100);

    assertThat(closed(SubjectKind.TOOL, 1_995_000).getClusters().getNn()).isEqualTo(3);
  }

  @Test
  void shouldMoveTheEndOfARunToARootThatComesAtLast() {
    arrives(search("s1", 1_000), 1_100);
    arrives(root(2_000), 100_000);

    assertThat(closed(SubjectKind.AGENT, 60_000).getRuns()).isEqualTo(1);
    assertThat(window(SubjectKind.AGENT, 60_000).revised()).isNull();
    assertThat(window(SubjectKind.AGENT, 0).closed().getRuns()).isZero();
    assertThat(window(SubjectKind.AGENT, 0).revised().getRuns()).isEqualTo(1);
  }

  @Test
  void shouldBeginAnotherRunAfterTheHorizon() {
    arrives(search("s1", 1_000).failed("e"), 1_100);
    arrives(search("s2", 601_001), 601_101);

    assertThat(closed(SubjectKind.TOOL, 600_000).getRetries()).isZero();
    assertThat(closed(SubjectKind.TOOL, 600_000).getClusters().getRuns()).isEqualTo(1);
  }

  @Test
  void shouldCountModelCallsOfAgentsWithTheirUsage() {
    arrives(Spans.model("run", "m", "opus").tokens(10, 2).costMicros(7).endMs(T0), 10);

    WindowRecord agent = closed(SubjectKind.AGENT, 0);
    assertThat(agent.getAttempts()).isZero();
    assertThat(agent.getModelCalls()).isEqualTo(1);
    assertThat(agent.getInputTokens()).isEqualTo(10);
    assertThat(agent.getCostMicros()).isEqualTo(7);
    assertThat(agent.getCostCurrency()).isEqualTo("USD");
    assertThat(closed(SubjectKind.MODEL, 0).getAttempts()).isEqualTo(1);
  }

  private static Events asked(String trace, long timeMs) {
    return Events.approvalRequested(trace, "asked", "d").tool("refund").timeMs(T0 + timeMs);
  }

  private static Events decided(String trace, long timeMs) {
    return Events.approvalDecided(trace, "decided", "d", HumanDecision.APPROVED)
        .timeMs(T0 + timeMs);
  }

  @Test
  void shouldCountAWaitAtItsRequestInTheWindowOfItsDecision() {
    arrives(asked("run", 1_000), 1_100);
    arrives(decided("other", 21_000), 21_100);

    assertThat(closed(SubjectKind.TOOL, 15_000).getHumanWait().getSum()).isEqualTo(20_000_000);
    assertThat(closed(SubjectKind.FLEET, 15_000).getHumanWait().getSum()).isEqualTo(20_000_000);
    assertThat(closed(SubjectKind.FLEET, 0).getHumanWait()).isNull();
  }

  @Test
  void shouldMoveAWaitToARequestThatComesLate() {
    arrives(asked("run", 1_000), 1_100);
    arrives(decided("other", 21_000), 21_100);
    arrives(asked("third", 20_000), 45_000);

    OracleWindow fleet = window(SubjectKind.FLEET, 15_000);
    assertThat(fleet.closed().getHumanWait().getSum()).isEqualTo(20_000_000);
    assertThat(fleet.revised().getHumanWait().getSum()).isEqualTo(1_000_000);
  }

  @Test
  void shouldNotCountAWaitThatNobodyWaited() {
    arrives(decided("other", 500), 600);
    arrives(asked("run", 1_000), 1_100);
    arrives(Events.approvalDecided("third", "e", "d2", HumanDecision.APPROVED).timeMs(T0), 10);
    arrives(decided("fourth", 3_601_001), 3_601_001);

    assertThat(WindowOracle.windows(CONFIG, log).values())
        .allSatisfy(w -> assertThat(w.revised().getHumanWait()).isNull());
  }
}
