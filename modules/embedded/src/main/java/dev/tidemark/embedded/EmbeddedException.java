package dev.tidemark.embedded;

/** The broker or the registry cannot start here; the message is one sentence with the remedy. */
public final class EmbeddedException extends RuntimeException {
  private final Reason reason;

  /** What stands in the way, for an exit code. */
  public enum Reason {
    /** Another socket listens on the port. */
    PORT_IN_USE,
    /** Another broker holds the data directory. */
    DIRECTORY_IN_USE,
    /** The data directory cannot be read or written. */
    DIRECTORY_UNUSABLE,
    /** Anything else; the cause tells. */
    FAILED
  }

  EmbeddedException(Reason reason, String sentence) {
    this(reason, sentence, null);
  }

  EmbeddedException(Reason reason, String sentence, Throwable cause) {
    super(sentence, cause);
    this.reason = reason;
  }

  /** What stands in the way. */
  public Reason reason() {
    return reason;
  }
}
