package dev.tidemark.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

class SlowClientsTest {
  private static final Duration LIMIT = Duration.ofMillis(400);

  /** One byte every 50 ms keeps the idle limit from ever striking. */
  @Test
  void shouldCloseAConnectionThatDripsItsHeaders() throws Exception {
    var server = new Server();
    var connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    connector.addBean(new SlowClients(connector.getScheduler(), LIMIT));
    server.addConnector(connector);
    server.start();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
      long start = System.nanoTime();
      assertThat(dripUntilClosed(socket)).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(LIMIT.dividedBy(2));
    } finally {
      server.stop();
    }
  }

  private static boolean dripUntilClosed(Socket socket) throws InterruptedException {
    byte[] drops =
        ("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(400))
            .getBytes(StandardCharsets.US_ASCII);
    for (byte drop : drops) {
      try {
        socket.getOutputStream().write(drop);
        if (socket.getInputStream().available() > 0) {
          return true;
        }
      } catch (IOException closed) {
        return true;
      }
      Thread.sleep(50);
    }
    return false;
  }
}
