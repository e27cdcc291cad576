package dev.tidemark.wire;

import org.apache.kafka.common.errors.SerializationException;

/**
 * A schema cannot be written with: the registry refused it as incompatible or invalid, or does not
 * know it and may not register it. Trying again does not help; somebody has to change something.
 */
public final class SchemaRefusedException extends SerializationException {
  private static final long serialVersionUID = 1L;

  public SchemaRefusedException(String message) {
    super(message);
  }
}
