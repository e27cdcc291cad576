package dev.tidemark.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.time.ArrivalPolicy.Verdict;
import org.junit.jupiter.api.Test;

class ArrivalPolicyTest {
  private static final long NOW = 1_790_000_000_000L;
  private final ArrivalPolicy policy = new ArrivalPolicy(15_000, 300_000, 3_600_000);

  @Test
  void shouldCallARecordLateByItsOwnTimesAlone() {
    assertThat(policy.judge(NOW - 15_000, NOW)).isEqualTo(Verdict.ON_TIME);
    assertThat(policy.judge(NOW - 15_001, NOW)).isEqualTo(Verdict.LATE);
    assertThat(policy.judge(NOW - 3_600_001, NOW)).isEqualTo(Verdict.EXPIRED);
  }

  @Test
  void shouldQuarantineTheFutureBeyondTheSkewAndClampWithin() {
    assertThat(policy.judge(NOW + 300_000, NOW)).isEqualTo(Verdict.ON_TIME);
    assertThat(policy.clamp(NOW + 300_000, NOW)).isEqualTo(NOW);
    assertThat(policy.judge(NOW + 300_001, NOW)).isEqualTo(Verdict.FUTURE_TIME);
    assertThat(policy.judge(Long.MAX_VALUE, NOW)).isEqualTo(Verdict.FUTURE_TIME);
  }

  @Test
  void shouldSayWhatAnAbsurdTimeLooksLike() {
    assertThat(policy.judge(NOW * 1_000_000, NOW)).isEqualTo(Verdict.FUTURE_TIME);
    assertThat(ArrivalPolicy.hint(NOW * 1_000_000, NOW)).contains("nanoseconds");
    assertThat(ArrivalPolicy.hint(NOW * 1_000, NOW)).contains("microseconds");
    assertThat(policy.judge(NOW / 1_000, NOW)).isEqualTo(Verdict.PAST_TIME);
    assertThat(ArrivalPolicy.hint(NOW / 1_000, NOW)).contains("seconds");
    assertThat(policy.judge(0, NOW)).isEqualTo(Verdict.BAD_TIME);
    assertThat(policy.judge(-1, NOW)).isEqualTo(Verdict.BAD_TIME);
  }

  @Test
  void shouldRefuseBoundsThatContradict() {
    assertThatThrownBy(() -> new ArrivalPolicy(15_000, 0, 15_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lateness");
  }
}
