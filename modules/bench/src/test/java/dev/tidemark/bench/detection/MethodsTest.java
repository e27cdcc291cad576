package dev.tidemark.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MethodsTest {
  private static final long MINUTE_MS = 60_000;

  /**
   * Feeds three days of 100 calls per minute and 10 events among them, then minutes at another
   * rate.
   */
  private static int alarms(Method method, int events, int minutes) {
    Counts window = new Counts();
    int alarms = 0;
    long quiet = Baseline.LENGTH_MS / MINUTE_MS;
    for (long minute = 0; minute <= quiet + minutes; minute++) {
      window.at(minute * MINUTE_MS).independent(100, minute < quiet ? 10 : events);
      alarms += method.observe(window) ? 1 : 0;
    }
    return alarms;
  }

  @Test
  void shouldAlarmBeyondThreeSigmaOnly() {
    assertThat(alarms(new SigmaChart(), 18, 60)).isZero();
    assertThat(alarms(new SigmaChart(), 20, 60)).isEqualTo(60);
    assertThat(alarms(new SigmaChart(), 0, 60)).isEqualTo(60);
  }

  @Test
  void shouldAlarmAtTwiceTheBaselineOnly() {
    assertThat(alarms(new TimesBaseline(2, 5, 20), 19, 60)).isZero();
    assertThat(alarms(new TimesBaseline(2, 5, 20), 21, 60)).isGreaterThan(50);
  }

  @Test
  void shouldAlarmWhenBothSpansBurnTheBudget() {
    Method steady = new BurnRate();
    assertThat(alarms(steady, 99, 120)).isZero();
    Counts window = new Counts();
    Method rare = new BurnRate();
    long quiet = Baseline.LENGTH_MS / MINUTE_MS;
    int alarms = 0;
    for (long minute = 0; minute <= quiet + 60; minute++) {
      window.at(minute * MINUTE_MS).independent(100, minute < quiet ? 1 : 20);
      alarms += rare.observe(window) ? 1 : 0;
    }
    assertThat(alarms).isPositive();
  }

  @Test
  void shouldKnowTheTextbookStatistic() {
    assertThat(HourlyZ.z(100, 10, 100, 20)).isCloseTo(1.9803, within(1e-4));
    assertThat(HourlyZ.z(100, 0, 100, 0)).isZero();
    assertThat(alarms(new HourlyZ(), 12, 180)).isGreaterThan(0);
    assertThat(alarms(new HourlyZ(), 10, 180)).isZero();
  }

  @Test
  void shouldJudgeShiftsOfRanksBeyondTheTolerance() {
    double[] control = new double[60];
    double[] same = new double[60];
    double[] twice = new double[60];
    for (int i = 0; i < 60; i++) {
      control[i] = 0.1 + 0.001 * (i % 10);
      same[i] = control[59 - i];
      twice[i] = 2 * control[i];
    }
    assertThat(RankJudge.differs(control, 60, same, 60)).isFalse();
    assertThat(RankJudge.differs(control, 60, twice, 60)).isTrue();
    assertThat(RankJudge.differs(twice, 60, control, 60)).isTrue();
    assertThat(alarms(new RankJudge(), 30, 130)).isEqualTo(2);
  }

  @Test
  void shouldLetOneAlarmPerHourThrough() {
    Method always = new Latch(window -> true);
    Counts window = new Counts();
    int alarms = 0;
    for (int i = 0; i < 3 * 240; i++) {
      alarms += always.observe(window.at(i * Counts.WINDOW_MS)) ? 1 : 0;
    }
    assertThat(alarms).isEqualTo(3);
  }

  @Test
  void shouldForgetWhatIsOlderThanTheSpan() {
    Trailing span = new Trailing(5, MINUTE_MS);
    Counts window = new Counts();
    for (int minute = 0; minute < 20; minute++) {
      window.at(minute * MINUTE_MS).independent(10, minute);
      span.add(window);
    }
    assertThat(span.n()).isEqualTo(50);
    assertThat(span.x()).isEqualTo(15 + 16 + 17 + 18 + 19);
    window.at(100 * MINUTE_MS).independent(1, 1);
    span.add(window);
    assertThat(span.n()).isEqualTo(1);
  }

  @Test
  void shouldMuteAMethodWhileTheUsualRulesLearn() {
    Method learning = new AfterBaseline(window -> true);
    Counts window = new Counts();
    assertThat(learning.observe(window.at(Baseline.LENGTH_MS - 1))).isFalse();
    assertThat(learning.observe(window.at(Baseline.LENGTH_MS))).isTrue();
  }

  @Test
  void shouldShowAFallAsARise() {
    Method many = new Complement(window -> window.x == 8 && window.n == 10);
    Counts window = new Counts();
    window.at(0).independent(10, 2);
    assertThat(many.observe(window)).isTrue();
    window.at(Counts.WINDOW_MS).independent(10, 8);
    assertThat(many.observe(window)).isFalse();
  }

  @Test
  void shouldKnowWhereTheOracleBegins() {
    assertThat(Math.exp(OracleCusum.start(1000)) - OracleCusum.start(1000) - 1)
        .isCloseTo(1000, within(1e-6));
  }
}
