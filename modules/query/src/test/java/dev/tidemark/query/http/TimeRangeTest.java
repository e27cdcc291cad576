package dev.tidemark.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeRangeTest {
  private static final long NOW = Instant.parse("2026-11-22T10:00:00Z").toEpochMilli();

  @ParameterizedTest
  @CsvSource({
    "now, 2026-11-22T10:00:00Z",
    "-30s, 2026-11-22T09:59:30Z",
    "-15m, 2026-11-22T09:45:00Z",
    "-1h, 2026-11-22T09:00:00Z",
    "-2d, 2026-11-20T10:00:00Z",
    "+1h, 2026-11-22T11:00:00Z",
    "2026-11-22T11:30:00+02:00, 2026-11-22T09:30:00Z",
    "2026-11-22t09:30:00z, 2026-11-22T09:30:00Z",
    "1795338000000, 2026-11-22T09:00:00Z",
  })
  void shouldUnderstandEveryWayToWriteATime(String text, String instant) {
    assertThat(Instant.ofEpochMilli(TimeRange.instant("from", text, NOW)))
        .isEqualTo(Instant.parse(instant));
  }

  @Test
  void shouldCountBackFromNow() {
    assertThat(TimeRange.parse("-1h", "now", NOW)).isEqualTo(new TimeRange(NOW - 3_600_000, NOW));
  }
}
