package dev.tidemark.ingest.receive;

import java.time.Duration;

/**
 * What a client may cost.
 *
 * @param bodyBytes largest body, before and after decompression
 * @param inFlightBytes bodies held at once, all clients together
 * @param connections open connections, all clients together
 * @param headersWithin time from the first byte of a request to the end of its headers
 * @param bodyWithin time from the headers to the end of the body
 * @param bytesPerSecond slowest mean rate of a body, once {@code grace} is over
 * @param grace time in which a body may be slower
 * @param publishing requests that wait for Kafka at once
 */
public record Limits(
    int bodyBytes,
    long inFlightBytes,
    int connections,
    Duration headersWithin,
    Duration bodyWithin,
    int bytesPerSecond,
    Duration grace,
    int publishing) {

  /** Largest headers of a request, in bytes. */
  static final int HEADER_BYTES = 8_192;

  /** Limits of an ordinary receiver: 16 MiB bodies, a sixteenth of the heap in flight. */
  public static final Limits DEFAULT =
      new Limits(
          16 << 20,
          Math.max(48L << 20, Runtime.getRuntime().maxMemory() / 16),
          1_024,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          1_024,
          Duration.ofSeconds(5),
          48);

  public Limits {
    require(bodyBytes >= 1_024, "--otlp-max-body", "1024 or more");
    require(inFlightBytes >= bodyBytes, "--otlp-in-flight", "--otlp-max-body or more");
    require(connections >= 1, "--otlp-connections", "1 or more");
  }

  private static void require(boolean holds, String what, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(what + " is out of range: make it " + allowed);
    }
  }

  /** The same with another largest body, in bytes. */
  public Limits withBody(int bytes) {
    return new Limits(
        bytes,
        inFlightBytes,
        connections,
        headersWithin,
        bodyWithin,
        bytesPerSecond,
        grace,
        publishing);
  }

  /** The same with another budget of bytes in flight. */
  public Limits withInFlight(long bytes) {
    return new Limits(
        bodyBytes,
        bytes,
        connections,
        headersWithin,
        bodyWithin,
        bytesPerSecond,
        grace,
        publishing);
  }

  /** The same with another number of connections. */
  public Limits withConnections(int most) {
    return new Limits(
        bodyBytes,
        inFlightBytes,
        most,
        headersWithin,
        bodyWithin,
        bytesPerSecond,
        grace,
        publishing);
  }

  /** The same with other time limits; {@code grace} as long as {@code headers}. */
  Limits withTimes(Duration headers, Duration body) {
    return new Limits(
        bodyBytes, inFlightBytes, connections, headers, body, bytesPerSecond, headers, publishing);
  }
}
