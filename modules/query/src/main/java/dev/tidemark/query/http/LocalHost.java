package dev.tidemark.query.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/** Which addresses and host names mean this machine and nothing else. */
public final class LocalHost {
  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private LocalHost() {}

  /** Whether a Host header names this machine: a page elsewhere cannot make it do so. */
  static boolean isNamed(String host) {
    return host != null && NAMES.contains(host.toLowerCase(Locale.ROOT));
  }

  /**
   * Checks an address to listen on.
   *
   * @throws IllegalArgumentException when others could reach it
   */
  public static void require(String host) {
    try {
      if (InetAddress.getByName(host).isLoopbackAddress()) {
        return;
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "query server cannot listen on '" + host + "': there is no such host: use 127.0.0.1", e);
    }
    throw new IllegalArgumentException(
        "query server cannot listen on '"
            + host
            + "': others could read everything, because access tokens do not exist yet:"
            + " use 127.0.0.1 and a tunnel");
  }
}
