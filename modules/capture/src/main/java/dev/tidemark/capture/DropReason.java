package dev.tidemark.capture;

import java.util.Locale;

/** Why a record was not brought to Kafka. */
public enum DropReason {
  /** The queue was full and the policy is {@link Overflow#DROP}. */
  QUEUE_FULL,
  /** The record is larger than the limit of the configuration. */
  TOO_LARGE,
  /** The record could not be written in its schema. */
  SERIALIZATION,
  /** Kafka refused it, or did not acknowledge it in time. */
  SEND_FAILED,
  /** It was handed over after closing, or was still waiting when the limit of closing passed. */
  CLOSED;

  /** Name for metrics, such as queue_full. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
