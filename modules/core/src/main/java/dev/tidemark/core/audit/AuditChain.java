package dev.tidemark.core.audit;

import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.records.AuditEntry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Links entries: each carries the hash of the one before it (Haber and Stornetta 1991). The
 * canonical bytes of an entry are its fields but the hash, in the order of the schema, numbers and
 * texts with their lengths, enums by name; they begin with a number for their format. Stateless.
 */
public final class AuditChain {
  /** What stands before the first entry. */
  public static final String NOTHING = "0".repeat(64);

  private static final int FORMAT = 1;

  private AuditChain() {}

  /** Puts an entry at its place: sets sequence, previous hash and hash. */
  public static AuditEntry link(AuditEntry entry, long sequence, String previousHash) {
    entry.setSequence(sequence);
    entry.setPreviousHash(previousHash);
    entry.setHash(hash(entry));
    return entry;
  }

  /** The hash that an entry should have, hex. */
  public static String hash(AuditEntry entry) {
    var bytes =
        new ByteWriter()
            .one(FORMAT)
            .number(entry.getChain())
            .number(entry.getSequence())
            .text(entry.getPreviousHash())
            .text(entry.getTopic())
            .number(entry.getPartition())
            .number(entry.getOffset())
            .text(entry.getRecordHash())
            .number(entry.getTimeMs())
            .optional(entry.getToolName())
            .optional(entry.getPolicyId())
            .optional(entry.getPolicyVersion())
            .optional(entry.getPolicyRule())
            .optional(name(entry.getVerdict()))
            .optional(name(entry.getEnforced()))
            .optional(name(entry.getFailMode()))
            .optional(name(entry.getOutcome()))
            .optional(name(entry.getHumanDecision()))
            .optional(name(entry.getErased()))
            .number(entry.getErasedRuns() == null ? -1 : entry.getErasedRuns());
    return sha256(bytes.toBytes());
  }

  /** SHA-256, hex. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String name(Enum<?> value) {
    return value == null ? null : value.name();
  }
}
