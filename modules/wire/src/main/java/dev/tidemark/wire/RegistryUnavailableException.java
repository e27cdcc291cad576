package dev.tidemark.wire;

import org.apache.kafka.common.errors.RetriableException;

/**
 * The schema registry cannot be asked now: refused, timed out, not authorised, overloaded, broken.
 * Says nothing about the record, which must be tried again and never be skipped. The message names
 * the setting and the address, never credentials.
 */
public final class RegistryUnavailableException extends RetriableException {
  private static final long serialVersionUID = 1L;

  public RegistryUnavailableException(String message) {
    super(message);
  }

  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
