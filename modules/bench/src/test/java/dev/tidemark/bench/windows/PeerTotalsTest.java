package dev.tidemark.bench.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PeerTotalsTest {
  @Test
  void shouldComeBackFromItsBytes() {
    PeerTotals totals = new PeerTotals();
    for (int i = 1; i <= 40; i++) {
      totals.addOne(i % 3 == 0, i % 4 == 0, i == 7, i, 2L * i, 3L * i, i * 1_000L);
    }

    byte[] bytes = totals.toBytes();
    PeerTotals back = PeerTotals.of(bytes);

    assertThat(ByteBuffer.wrap(bytes).getLong()).isEqualTo(40);
    assertThat(back.sums).containsExactly(40, 13, 10, 1, 820, 1_640, 2_460);
    assertThat(back.size).isEqualTo(totals.size);
    assertThat(back.toBytes()).isEqualTo(bytes);
  }
}
