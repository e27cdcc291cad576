package dev.tidemark.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import org.junit.jupiter.api.Test;

class RunUseTest {
  private final RunState run = Facts.run();

  private RunUse use(AgentSpan... spans) {
    for (AgentSpan span : spans) {
      run.insert(Facts.fact(span), Nowhere.WINDOWS);
    }
    run.settle(Nowhere.WINDOWS);
    return RunUse.of(run, run.root());
  }

  private static AgentSpan tool(int id, String name) {
    return Facts.tool(id, name, "a", 10L * id, Outcome.OK);
  }

  private static AgentSpan model(int id, Long costMicros, String currency) {
    AgentSpan span = Facts.model(id, 10L * id, Outcome.OK);
    span.setCostMicros(costMicros);
    span.setCostCurrency(currency);
    return span;
  }

  @Test
  void shouldCountAttemptsByToolAndModel() {
    RunUse use =
        use(tool(1, "search"), tool(2, "send"), tool(3, "search"), model(4, 7L, null), root(9));

    assertThat(use.steps()).isEqualTo(3);
    assertThat(use.modelSteps()).isEqualTo(1);
    assertThat(use.parts())
        .containsExactly(
            new RunUse.Part("model:m@unknown", 1),
            new RunUse.Part("tool:search@unknown", 2),
            new RunUse.Part("tool:send@unknown", 1));
  }

  @Test
  void shouldNotCountAWrapperOfACall() {
    AgentSpan outer = model(2, 7L, null);
    AgentSpan inner = model(1, 7L, null);
    inner.setParentSpanId(outer.getSpanId());

    assertThat(use(inner, outer).modelSteps()).isEqualTo(1);
    assertThat(RunUse.of(run, null).costMicros()).isEqualTo(7);
  }

  @Test
  void shouldKnowACostOnlyWhenEveryPartOfItIsKnown() {
    assertThat(use(model(1, 5L, null), model(2, 0L, "USD")).costMicros()).isEqualTo(5);
    assertThat(use(model(3, null, null), model(4, 7L, null)).costMicros()).isNegative();
  }

  @Test
  void shouldNotAddCurrencies() {
    assertThat(use(model(1, 5L, "USD"), model(2, 5L, "EUR")).costMicros()).isNegative();
  }

  @Test
  void shouldNotTellACostOfNoModelCall() {
    assertThat(use(tool(1, "search")).costMicros()).isNegative();
  }

  @Test
  void shouldTakeTheDurationOfTheRoot() {
    assertThat(use(tool(1, "search")).durationUs()).isNegative();
    AgentSpan root = root(9);
    root.setStartMs(root.getEndMs() - 250);
    assertThat(use(root).durationUs()).isEqualTo(250_000);
  }

  @Test
  void shouldTrustAToldDurationMoreThanTheTimes() {
    AgentSpan root = root(9);
    root.setStartMs(root.getEndMs() - 250);
    root.setDurationUs(0L);
    assertThat(use(root).durationUs()).isZero();
  }

  private static AgentSpan root(int id) {
    return Facts.root(id, 10L * id, Outcome.OK);
  }
}
