package dev.tidemark.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a tenant may send, on a clock that stands unless it is moved. */
class QuotasTest {
  private final AtomicLong now = new AtomicLong();
  private final Quotas quotas = new Quotas(now::get);
  private final Sender acme = new Sender("acme", 100);

  private Refusal refused(Sender sender) {
    return catchThrowableOfType(Refusal.class, () -> quotas.check(sender));
  }

  @Test
  void shouldLetTenSecondsOfItComeAtOnceAndRefuseMore() throws Exception {
    quotas.take(acme, 999);
    assertThatCode(() -> quotas.take(acme, 1)).doesNotThrowAnyException();
    Refusal refusal = refused(acme);
    assertThat(refusal.reason().http()).isEqualTo(429);
    assertThat(refusal.retrySeconds()).isEqualTo(1);
    assertThat(refusal).hasMessageContaining("100 spans").hasMessageContaining("token file");
  }

  @Test
  void shouldFillUpAgainAtTheRate() throws Exception {
    quotas.take(acme, 1_500);
    assertThat(refused(acme).retrySeconds()).isEqualTo(6);
    now.addAndGet(TimeUnit.SECONDS.toNanos(6));
    assertThat(refused(acme)).isNull();
    now.addAndGet(TimeUnit.HOURS.toNanos(1));
    quotas.take(acme, 1_000);
    assertThat(refused(acme)).isNotNull();
  }

  @Test
  void shouldCountTenantsApart() throws Exception {
    quotas.take(acme, 1_000);
    assertThat(refused(new Sender("globex", 100))).isNull();
    assertThat(refused(new Sender("free", 0))).isNull();
  }

  @Test
  void shouldGiveBackWhatWasNotPublished() throws Exception {
    quotas.take(acme, 1_000);
    quotas.give(acme, 1_000);
    assertThat(refused(acme)).isNull();
  }
}
