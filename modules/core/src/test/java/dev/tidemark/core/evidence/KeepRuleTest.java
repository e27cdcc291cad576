package dev.tidemark.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.records.AgentRun;
import dev.tidemark.records.Outcome;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeepRuleTest {
  private final KeepRule rule = new KeepRule(0);

  static Stream<Arguments> worthKeeping() {
    return Stream.of(
        reason(Reason.FAILED, run -> run.setSucceeded(false)),
        reason(Reason.FAILED, run -> run.setOutcome(Outcome.TIMEOUT)),
        reason(Reason.DENIED, run -> run.setToolDenied(1)),
        reason(Reason.DENIED, run -> run.setPolicyDenied(1)),
        reason(Reason.OVERRIDDEN, run -> run.setHumanOverridden(1)),
        reason(Reason.OVERRIDDEN, run -> run.setHumanRejected(1)),
        reason(Reason.RECOVERED, run -> run.setSilentRecovery(true)),
        reason(Reason.RECOVERED, run -> run.setRecoveredOperations(2)),
        reason(Reason.LOOPING, run -> run.setLooping(true)),
        reason(Reason.SLOW, run -> run.setDurationMs(1_001L)),
        reason(Reason.COSTLY, run -> run.setCostMicros(501)));
  }

  @ParameterizedTest
  @MethodSource("worthKeeping")
  void shouldKeepForOneReason(Reason reason, Consumer<AgentRun.Builder> setting) {
    AgentRun.Builder run = ordinary();
    setting.accept(run);
    assertThat(rule.reasons(run.build(), 1_000, 500)).containsExactly(reason);
  }

  @Test
  void shouldLetAnOrdinaryRunGo() {
    AgentRun run = ordinary().setDurationMs(1_000L).setCostMicros(500).build();
    assertThat(rule.reasons(run, 1_000, 500)).isEmpty();
    assertThat(rule.reasons(run, Double.NaN, Double.NaN)).isEmpty();
  }

  @Test
  void shouldKeepAUniformShareByTraceAlone() {
    var tenth = new KeepRule(0.1);
    long kept = IntStream.range(0, 20_000).filter(i -> tenth.inShare("trace-" + i)).count();
    assertThat(kept / 20_000.0).isCloseTo(0.1, within(0.01));
    assertThat(new KeepRule(1).inShare("any")).isTrue();
    assertThat(rule.inShare("any")).isFalse();
  }

  @Test
  void shouldKeepWhatASmallerShareKeepsToo() {
    var small = new KeepRule(0.02);
    var large = new KeepRule(0.2);
    IntStream.range(0, 2_000)
        .mapToObj(i -> "trace-" + i)
        .filter(small::inShare)
        .forEach(id -> assertThat(large.inShare(id)).isTrue());
  }

  @Test
  void shouldRefuseWhatIsNoShare() {
    assertThatThrownBy(() -> new KeepRule(1.5)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> new KeepRule(Double.NaN)).hasMessageContaining("NaN");
  }

  @Test
  void shouldNameTheReasonsOfAMask() {
    int mask = Reason.SLOW.bit() | Reason.FAILED.bit();
    assertThat(Reason.names(mask)).containsExactly("FAILED", "SLOW");
  }

  private static Arguments reason(Reason reason, Consumer<AgentRun.Builder> setting) {
    return Arguments.of(reason, setting);
  }

  private static AgentRun.Builder ordinary() {
    return AgentRun.newBuilder()
        .setTraceId("0af7651916cd43dd8448eb211c80319c")
        .setEndMs(1)
        .setOutcome(Outcome.OK)
        .setSucceeded(true);
  }
}
