package dev.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.embedded.EmbeddedException.Reason;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port that was free when it was looked at may be taken a moment later. */
class KafkaNodeIT {
  @TempDir Path logs;

  @Test
  void shouldStopAgainWhenTheClientPortIsLost() throws Exception {
    try (var other = taken()) {
      assertRefused(new BrokerPorts(other.getLocalPort(), Ports.free()), other.getLocalPort());
    }
  }

  @Test
  void shouldStopAgainWhenTheControllerPortIsLost() throws Exception {
    try (var other = taken()) {
      assertRefused(new BrokerPorts(Ports.free(), other.getLocalPort()), other.getLocalPort());
    }
  }

  private void assertRefused(BrokerPorts ports, int port) {
    Set<Thread> before = Threads.user();
    KafkaNode.format(logs);
    var refusal = catchThrowableOfType(EmbeddedException.class, () -> KafkaNode.start(logs, ports));
    assertThat(refusal.reason()).isEqualTo(Reason.PORT_IN_USE);
    assertThat(refusal).hasMessageStartingWith("port " + port + " of 127.0.0.1 is in use");
    Threads.awaitOnly(before);
  }

  private static ServerSocket taken() throws Exception {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
