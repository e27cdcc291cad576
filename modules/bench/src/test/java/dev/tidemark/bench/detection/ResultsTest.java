package dev.tidemark.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ResultsTest {
  @Test
  void shouldTellEveryKeyAndNullWhatWasNotMeasured() throws Exception {
    Results results = new Results();
    results.falsePerDay(Regime.IID, 0.25);
    results.figure("recordedFalse", 0);
    results.figure("intervalCoverage", Double.NaN);
    JsonNode json = new ObjectMapper().readTree(results.json());
    assertThat(json.get("falseAlertsPerDay").get("iid").asDouble()).isEqualTo(0.25);
    assertThat(json.get("falseAlertsPerDay").get("ar1").isNull()).isTrue();
    assertThat(json.get("recordedFalse").asDouble()).isZero();
    assertThat(json.get("intervalCoverage").isNull()).isTrue();
    assertThat(Results.KEYS).allMatch(json::has);
  }

  @Test
  void shouldWriteNumbersForPeople() {
    assertThat(Text.number(Double.NaN)).isEqualTo("-");
    assertThat(Text.number(12_345.6)).isEqualTo("12,346");
    assertThat(Text.number(12.34)).isEqualTo("12.3");
    assertThat(Text.number(0.0123)).isEqualTo("0.0123");
    assertThat(Quantiles.of(new double[] {3, 1, 2, 4}, 0.5)).isEqualTo(2);
    assertThat(Quantiles.of(new double[0], 0.5)).isNaN();
  }

  @Test
  void shouldBoundDelaysByTheInformationOfACall() {
    assertThat(Information.perCall(0.1, 0.05)).isCloseTo(0.02065, within(1e-3));
    assertThat(Information.bound(0.05, 0.1, 2, 16.5)).isCloseTo(1_598, within(80.0));
  }
}
