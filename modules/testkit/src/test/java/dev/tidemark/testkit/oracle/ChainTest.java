package dev.tidemark.testkit.oracle;

import static dev.tidemark.testkit.Spans.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.Outcome;
import dev.tidemark.records.RetryOrigin;
import dev.tidemark.testkit.Ids;
import dev.tidemark.testkit.Spans;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spans of one run, one second apart, each 100 ms long. */
class ChainTest {
  private static List<Attempt> chain(Spans... spans) {
    return Chain.of(
        Arrays.stream(spans)
            .map(Spans::build)
            .map(span -> new SpanFact(span, span, span.getEndMs(), span.getEndMs(), false))
            .toList());
  }

  private static Spans call(int second, String tool) {
    return Spans.tool("run", "s" + second, tool).endMs(T0 + second * 1_000L);
  }

  private static List<RetryOrigin> origins(List<Attempt> chain) {
    return chain.stream().map(Attempt::origin).toList();
  }

  @Test
  void shouldTakeTheCallAfterAFailedOneAsItsRetry() {
    List<Attempt> chain =
        chain(
            call(1, "search").failed("e").arguments("a"),
            call(2, "search").failed("e").arguments("a"),
            call(3, "search").arguments("b"),
            call(4, "search").arguments("b"));

    assertThat(origins(chain))
        .containsExactly(
            RetryOrigin.NONE,
            RetryOrigin.INFERRED_EXACT,
            RetryOrigin.INFERRED_REPAIR,
            RetryOrigin.NONE);
    assertThat(chain).extracting(Attempt::operation).containsExactly(0, 0, 0, 1);
    assertThat(chain).extracting(Attempt::recovered).containsExactly(false, false, true, false);
    assertThat(chain).extracting(Attempt::identical).containsExactly(false, true, false, true);
    assertThat(chain).extracting(Attempt::repeat).containsExactly(false, false, false, true);
  }

  @Test
  void shouldInferNothingFromAnotherToolOrAnOverlappingCall() {
    List<Attempt> chain =
        chain(
            call(1, "search").denied("rule"),
            call(2, "fetch").denied("rule"),
            call(3, "fetch").lasting(1_001L));

    assertThat(origins(chain)).containsOnly(RetryOrigin.NONE);
    assertThat(chain).extracting(Attempt::operation).containsExactly(0, 1, 2);
  }

  @Test
  void shouldBelieveWhatTheAgentDeclares() {
    List<Attempt> chain =
        chain(
            call(1, "search"),
            call(2, "search").attempt(2),
            call(3, "search").retryOf("s2"),
            call(4, "search").failed("e"),
            call(5, "search").attempt(1));

    assertThat(origins(chain))
        .containsExactly(
            RetryOrigin.NONE,
            RetryOrigin.DECLARED,
            RetryOrigin.DECLARED,
            RetryOrigin.NONE,
            RetryOrigin.NONE);
    assertThat(chain).extracting(Attempt::operation).containsExactly(0, 0, 0, 1, 2);
  }

  @Test
  void shouldTakeASharedCallIdAsARetryUnlessAHumanWasAwaited() {
    List<Attempt> chain =
        chain(
            call(1, "pay").callId("c").outcome(Outcome.AWAITING_HUMAN),
            call(2, "search"),
            call(3, "pay").callId("c").failed("e"),
            call(4, "search"),
            call(5, "pay").callId("c"));

    assertThat(origins(chain))
        .containsExactly(
            RetryOrigin.NONE,
            RetryOrigin.NONE,
            RetryOrigin.NONE,
            RetryOrigin.NONE,
            RetryOrigin.SAME_CALL_ID);
    assertThat(chain).extracting(Attempt::operation).containsExactly(0, 1, 0, 2, 0);
    assertThat(chain).extracting(Attempt::recovered).endsWith(true);
  }

  @Test
  void shouldCountTheLeafOfModelsAndTheOutermostOfTools() {
    List<Attempt> chain =
        chain(
            Spans.model("run", "inner", "m").parent("outer").endMs(T0 + 1),
            Spans.model("run", "outer", "m").endMs(T0 + 2),
            Spans.tool("run", "within", "search").parent("around").endMs(T0 + 3),
            Spans.tool("run", "other", "fetch").parent("around").endMs(T0 + 4),
            Spans.tool("run", "around", "search").endMs(T0 + 5));

    assertThat(chain)
        .extracting(a -> a.fact().id())
        .containsExactly(Ids.span("inner"), Ids.span("other"), Ids.span("around"));
  }

  /** Two attempts, the second one fails: n^2 grows by 1 and 3, n*x by 0 and 2, x^2 by 0 and 1. */
  @Test
  void shouldGrowClusterSums() {
    List<Attempt> chain = chain(call(1, "search"), call(2, "search").failed("e"));
    RunClusters sums = new RunClusters();
    sums.grow(chain.subList(0, 1), chain.get(1));

    assertThat(sums.toRecord().getRuns()).isZero();
    assertThat(sums.toRecord().getNn()).isEqualTo(3);
    assertThat(sums.toRecord().getErrorNx()).isEqualTo(2);
    assertThat(sums.toRecord().getErrorXx()).isEqualTo(1);
    assertThat(sums.toRecord().getRetryNx()).isZero();
  }
}
