package dev.tidemark.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.records.ClusterSums;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.Signal;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindabilityOfWindowsTest {
  private static final double THRESHOLD = 15;

  @Test
  void shouldFindAGuardThatDeniesMostCalls() {
    Findability judged = judge(window(124, 0), window(284, 250));

    assertThat(judged.findable()).isTrue();
    assertThat(judged.neededCalls()).isLessThan(284);
  }

  @Test
  void shouldSayHowManyCallsASmallShiftNeeds() {
    Findability judged = judge(window(2_000, 40), window(60, 3));

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

    assertThat(judge(together, after).neededCalls())
        .isGreaterThan(judge(apart, after).neededCalls());
  }

  private static Findability judge(WindowRecord before, WindowRecord after) {
    return Findability.of(List.of(before), List.of(after), Signal.DENIAL_RATE, THRESHOLD);
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
