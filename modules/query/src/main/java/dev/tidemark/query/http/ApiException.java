package dev.tidemark.query.http;

/**
 * An answer that is an error: HTTP status, a stable code whose first three digits are the status,
 * one sentence for people, and what to do about it.
 */
public final class ApiException extends RuntimeException {
  /** Seconds after which asking again makes sense; 0 when it does not. */
  private final int retryAfterSeconds;

  private final int code;
  private final String hint;

  private ApiException(int code, String message, String hint, int retryAfterSeconds) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** 400: a parameter has a value that cannot be used. */
  public static ApiException badParameter(String name, String value, String allowed, String hint) {
    String shown = value.length() > 80 ? value.substring(0, 80) + "..." : value;
    return new ApiException(
        40001, "parameter '" + name + "' is '" + shown + "': it has to be " + allowed, hint, 0);
  }

  /** 400: a parameter nobody knows. */
  public static ApiException unknownParameter(String name, String known) {
    return new ApiException(
        40002, "parameter '" + name + "' is not known here", "known are: " + known, 0);
  }

  /** 404: the thing asked for is not there. */
  public static ApiException notFound(String message, String hint) {
    return new ApiException(40401, message, hint, 0);
  }

  /** 404: no such path. */
  public static ApiException noSuchPath(String hint) {
    return new ApiException(40402, "there is no such path", hint, 0);
  }

  /** 405: only reading is possible. */
  public static ApiException readOnly() {
    return new ApiException(40501, "this API only reads", "use GET or HEAD", 0);
  }

  /** 414: the address is too long. */
  public static ApiException tooLong(int limit) {
    return new ApiException(
        41401, "the address is longer than " + limit + " bytes", "use fewer filters", 0);
  }

  /** 421: the request was meant for another host. */
  public static ApiException otherHost() {
    return new ApiException(
        42101,
        "this server answers for localhost only",
        "open it as http://localhost:<port> or through a tunnel that ends there",
        0);
  }

  /** 503: a store is being restored or moved. */
  public static ApiException notReady(String store, String state) {
    return new ApiException(
        50301,
        "store '" + store + "' cannot be read yet: its topology is " + state,
        "ask again in a moment; /readyz tells the reasons",
        2);
  }

  /** 503: the question takes longer than is allowed. */
  public static ApiException tooSlow(long seconds) {
    return new ApiException(
        50302,
        "the answer takes longer than " + seconds + " s",
        "ask for a shorter time range or fewer series",
        5);
  }

  /** 500: our mistake; details are in the log under the incident id. */
  public static ApiException internal(String incident) {
    return new ApiException(
        50001, "the server failed", "look for incident " + incident + " in its log", 0);
  }

  /** Status of the response. */
  public int status() {
    return code / 100;
  }

  /** Seconds for the Retry-After header; 0 for none. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /** What is sent. */
  public Body body() {
    return new Body(code, getMessage(), hint);
  }

  /** Body of an error answer. */
  public record Body(int error_code, String message, String hint) {}
}
