package dev.tidemark.query.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Status, headers and bytes of one answer. */
@SuppressWarnings("ArrayRecordComponent")
public record Reply(int status, String contentType, Map<String, String> headers, byte[] body) {
  /** Copies the headers. */
  public Reply {
    headers = Map.copyOf(headers);
  }

  /** Plain text or another text type. */
  public static Reply text(int status, String contentType, String body) {
    return new Reply(
        status,
        contentType,
        Map.of("Cache-Control", "no-store"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** A value as JSON. */
  public static Reply json(int status, Object value) {
    return new Reply(
        status, "application/json", Map.of("Cache-Control", "no-store"), Json.bytes(value));
  }

  /** An error as JSON. */
  public static Reply error(ApiException error) {
    Reply reply = json(error.status(), error.body());
    if (error.status() == 405) {
      return reply.with("Allow", "GET, HEAD");
    }
    return error.retryAfterSeconds() == 0
        ? reply
        : reply.with("Retry-After", Integer.toString(error.retryAfterSeconds()));
  }

  private Reply with(String name, String value) {
    return new Reply(status, contentType, Map.of("Cache-Control", "no-store", name, value), body);
  }
}
