package dev.tidemark.embedded;

import dev.tidemark.embedded.EmbeddedException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports of the loopback interface. */
final class Ports {
  /** Below Linux' and above most services' ranges, so that no outgoing connection takes them. */
  private static final int FIRST = 20_000;

  private static final int LAST = 32_000;

  private Ports() {}

  static int free() {
    for (int tries = 0; tries < 1_000; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new EmbeddedException(
        Reason.PORT_IN_USE,
        "no free port between " + FIRST + " and " + LAST + " on 127.0.0.1: name a port");
  }

  static InetSocketAddress loopback(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("127.0.0.1 is not an address", e);
    }
  }

  static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(loopback(port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  static EmbeddedException inUse(String who, int port, Throwable cause) {
    return new EmbeddedException(
        Reason.PORT_IN_USE,
        "port "
            + port
            + " of 127.0.0.1 is in use, so the "
            + who
            + " cannot start: stop what listens there, or start the "
            + who
            + " with another port",
        cause);
  }
}
