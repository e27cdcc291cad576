package dev.tidemark.app.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestartLimitTest {
  private final AtomicLong now = new AtomicLong(1_000);

  @Test
  void shouldStopAllowingAfterTheLimit() {
    var limit = new RestartLimit(2, now::get);

    assertThat(limit.allow()).isTrue();
    assertThat(limit.allow()).isTrue();
    assertThat(limit.allow()).isFalse();
  }

  @Test
  void shouldForgetRestartsAfterTenMinutes() {
    var limit = new RestartLimit(1, now::get);
    limit.allow();

    now.addAndGet(600_000);

    assertThat(limit.allow()).isTrue();
  }

  @Test
  void shouldNeverAllowWithLimitZero() {
    assertThat(new RestartLimit(0, now::get).allow()).isFalse();
  }
}
