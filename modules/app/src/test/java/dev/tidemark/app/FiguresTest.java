package dev.tidemark.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void shouldPrintDashWhenNothingWasCounted() {
    assertThat(Figures.percent(0, 0)).isEqualTo("-");
    assertThat(Figures.money(0, null)).isEqualTo("-");
    assertThat(Figures.micros(Double.NaN)).isEqualTo("-");
  }

  @Test
  void shouldKeepSmallRatesVisible() {
    assertThat(Figures.percent(0.0002)).isEqualTo("0.020%");
    assertThat(Figures.percent(0.0)).isEqualTo("0.0%");
    assertThat(Figures.percent(1, 3)).isEqualTo("33.3%");
  }

  @Test
  void shouldChooseUnitByMagnitude() {
    assertThat(Figures.micros(850)).isEqualTo("850us");
    assertThat(Figures.micros(12_300)).isEqualTo("12ms");
    assertThat(Figures.micros(4_560_000)).isEqualTo("4.6s");
    assertThat(Figures.micros(600_000_000)).isEqualTo("10min");
  }

  @Test
  void shouldPrintMoneyInItsCurrency() {
    assertThat(Figures.money(1_234, "USD")).isEqualTo("$0.0012");
    assertThat(Figures.money(12_340_000, "EUR")).isEqualTo("EUR 12.34");
  }
}
