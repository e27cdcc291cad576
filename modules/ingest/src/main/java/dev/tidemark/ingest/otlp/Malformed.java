package dev.tidemark.ingest.otlp;

import java.io.IOException;

/**
 * A body that is no OTLP request. The message says where and why in words that quote field names
 * and never values.
 */
public final class Malformed extends IOException {
  private static final long serialVersionUID = 1L;

  Malformed(String message) {
    super(message);
  }
}
