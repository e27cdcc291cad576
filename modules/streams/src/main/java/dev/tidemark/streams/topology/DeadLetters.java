package dev.tidemark.streams.topology;

import dev.tidemark.records.DeadLetter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Makes our own envelope for a record that could not be used: coordinates, never content. */
public final class DeadLetters {
  private DeadLetters() {}

  /** The dead letter of {@code record}; its key is {@code topic-partition@offset}. */
  public static Record<String, DeadLetter> of(
      RecordMetadata at, Record<byte[], byte[]> record, String room, String reason, String hint) {
    DeadLetter letter =
        new DeadLetter(
            at.topic(),
            at.partition(),
            at.offset(),
            Math.max(0, record.timestamp()),
            reason,
            hint,
            room,
            size(record.key()),
            size(record.value()),
            hash(record.value()));
    String key = at.topic() + "-" + at.partition() + "@" + at.offset();
    return new Record<>(key, letter, Math.max(0, record.timestamp()));
  }

  private static int size(byte[] bytes) {
    return bytes == null ? -1 : bytes.length;
  }

  private static String hash(byte[] bytes) {
    if (bytes == null) {
      return "";
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
