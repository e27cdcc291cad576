package dev.tidemark.app.host;

import dev.tidemark.app.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports that somebody asked for. */
public final class Ports {
  private static final int LARGEST = 65_535;

  private Ports() {}

  /** Whether only this machine can reach the address. */
  public static boolean isLoopback(String host) {
    var address = new InetSocketAddress(host, 0);
    return !address.isUnresolved() && address.getAddress().isLoopbackAddress();
  }

  /**
   * Fails with the port and the flag when it is none, or when something listens there already.
   *
   * @param port 0 for any free port
   * @param flag flag that chooses it
   */
  public static void requireFree(String host, int port, String flag) {
    if (port == 0) {
      return;
    }
    if (port < 0 || port > LARGEST) {
      throw Failure.usage(flag + " " + port + " is no port: choose one from 0 to " + LARGEST);
    }
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw Failure.unreachable(
          "port "
              + port
              + " on "
              + host
              + " cannot be opened ("
              + e.getMessage()
              + "): stop what uses it or choose another with "
              + flag,
          e);
    }
  }
}
