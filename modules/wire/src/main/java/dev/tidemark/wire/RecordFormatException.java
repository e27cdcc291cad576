package dev.tidemark.wire;

import org.apache.kafka.common.errors.SerializationException;

/**
 * Bytes that will never be a record of the expected type, whoever reads them and whenever: poison.
 * The message holds no payload.
 */
public final class RecordFormatException extends SerializationException {
  private static final long serialVersionUID = 1L;
  private final Reason reason;

  public RecordFormatException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public RecordFormatException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why; stable names, used in dead letters and as a tag of metrics. */
  public Reason reason() {
    return reason;
  }

  /** Reasons, one per kind of damage. */
  public enum Reason {
    /** Zero bytes. */
    EMPTY_VALUE,
    /** Neither magic byte nor schema id header: JSON, plain Avro, text. */
    NOT_REGISTRY_FRAMED,
    /** The registry does not know the schema id. */
    UNKNOWN_SCHEMA_ID,
    /** The writer's schema is another record than the one expected here. */
    WRONG_SUBJECT,
    /** The bytes end before the record does. */
    TRUNCATED,
    /** A declared length or count is beyond every limit. */
    LENGTH_LIMIT,
    /** Nested deeper than the limit. */
    TOO_DEEP,
    /** Bytes left after the record. */
    TRAILING_BYTES,
    /** Anything else that Avro does not allow. */
    MALFORMED
  }
}
