package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.ClusterSums;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import org.junit.jupiter.api.Test;

class FindabilityOfWindowsTest {
  private static final double THRESHOLD = 15;

  @Test
  void shouldFindAGuardThatDeniesMostCalls() {
    Findability judged =
        Findability.of(window(124, 0), window(284, 250), Signal.DENIAL_RATE, THRESHOLD);

    assertThat(judged.findable()).isTrue();
    assertThat(judged.neededCalls()).isLessThan(284);
  }

  @Test
  void shouldSayHowManyCallsASmallShiftNeeds() {
    Findability judged =
        Findability.of(window(2_000, 40), window(60, 3), Signal.DENIAL_RATE, THRESHOLD);

    assertThat(judged.findable()).isFalse();
    assertThat(judged.neededCalls()).isGreaterThan(60);
  }

  @Test
  void shouldNeedMoreWhenCallsOfARunAreDeniedTogether() {
    WindowRecord apart = window(2_000, 100);
    WindowRecord together = window(2_000, 100);
    together.setClusters(
        ClusterSums.newBuilder()
            .setRuns(200)
            .setNn(20_000)
            .setDeniedNx(1_000)
            .setDeniedXx(1_000)
            .build());
    WindowRecord after = window(500, 75);

    assertThat(Findability.of(together, after, Signal.DENIAL_RATE, THRESHOLD).neededCalls())
        .isGreaterThan(Findability.of(apart, after, Signal.DENIAL_RATE, THRESHOLD).neededCalls());
  }

  private static WindowRecord window(long attempts, long denied) {
    return WindowRecord.newBuilder()
        .setSeries(
            SeriesKey.newBuilder()
                .setTenant("t")
                .setEnvironment("e")
                .setSubjectKind(SubjectKind.TOOL)
                .setSubjectName("send")
                .setAgentName("bank")
                .setAgentVersion("1")
                .setToolVersion("unknown")
                .setModelBackend("")
                .build())
        .setWindowStartMs(0)
        .setWindowEndMs(15_000)
        .setAttempts(attempts)
        .setDenied(denied)
        .build();
  }
}
