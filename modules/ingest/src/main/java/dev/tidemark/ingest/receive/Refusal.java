package dev.tidemark.ingest.receive;

/** A request that is not accepted: what to tell the client, the same for HTTP and gRPC. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why, as the two protocols number it (OTLP specification, failures). */
  enum Reason {
    MALFORMED(400, 3, 0),
    UNAUTHENTICATED(401, 16, 0),
    FORBIDDEN(403, 7, 0),
    UNKNOWN_PATH(404, 12, 0),
    UNKNOWN_METHOD(405, 12, 0),
    SLOW(408, 4, 0),
    TOO_LARGE(413, 8, 0),
    UNSUPPORTED(415, 12, 0),
    BUSY(429, 8, 2),
    QUOTA(429, 8, 1),
    UNAVAILABLE(503, 14, 5);

    private final int http;
    private final int grpc;
    private final int retrySeconds;

    Reason(int http, int grpc, int retrySeconds) {
      this.http = http;
      this.grpc = grpc;
      this.retrySeconds = retrySeconds;
    }

    /** HTTP status. */
    int http() {
      return http;
    }

    /** Code of google.rpc.Status. */
    int grpc() {
      return grpc;
    }

    private int retrySeconds() {
      return retrySeconds;
    }
  }

  private final Reason reason;
  private final int retrySeconds;

  Refusal(Reason reason, String message) {
    this(reason, message, reason.retrySeconds());
  }

  Refusal(Reason reason, String message, int retrySeconds) {
    super(message, null, false, false);
    this.reason = reason;
    this.retrySeconds = retrySeconds;
  }

  Reason reason() {
    return reason;
  }

  /** When to try again; 0 when trying again would not help. */
  int retrySeconds() {
    return retrySeconds;
  }
}
