package dev.tidemark.ingest.receive;

/**
 * Where a receiver listens and who may send.
 *
 * @param host address to listen on; only loopback does without tokens
 * @param httpPort port of OTLP/HTTP; 0 takes a free one
 * @param grpcPort port of OTLP/gRPC; 0 takes a free one
 * @param tokens who may send; null when everybody on this machine may
 * @param limits what a client may cost
 * @param tls what it shows to who connects; null when both ports speak plainly
 */
public record ReceiverConfig(
    String host, int httpPort, int grpcPort, Tokens tokens, Limits limits, Tls tls) {

  /** Where both ports speak plainly. */
  public ReceiverConfig(String host, int httpPort, int grpcPort, Tokens tokens, Limits limits) {
    this(host, httpPort, grpcPort, tokens, limits, null);
  }

  /** Free ports on loopback, without tokens. */
  public static ReceiverConfig loopback() {
    return loopback(0, 0);
  }

  /** Ports on loopback, without tokens. */
  public static ReceiverConfig loopback(int httpPort, int grpcPort) {
    return new ReceiverConfig("127.0.0.1", httpPort, grpcPort, null, Limits.DEFAULT);
  }

  /** The same for whoever has a token. */
  public ReceiverConfig with(Tokens others) {
    return new ReceiverConfig(host, httpPort, grpcPort, others, limits, tls);
  }

  /** The same with other limits. */
  public ReceiverConfig with(Limits others) {
    return new ReceiverConfig(host, httpPort, grpcPort, tokens, others, tls);
  }

  /** The same over TLS, both ports; null for plain ones. */
  public ReceiverConfig with(Tls shown) {
    return new ReceiverConfig(host, httpPort, grpcPort, tokens, limits, shown);
  }
}
