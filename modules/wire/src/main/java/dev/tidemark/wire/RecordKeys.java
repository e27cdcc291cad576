package dev.tidemark.wire;

import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvidence;
import dev.tidemark.records.EvidenceKind;

/**
 * Keys of topics in which a trace has many records, each of which can be erased: the trace id, and
 * behind a slash what tells them apart. Stateless.
 */
public final class RecordKeys {
  private static final char NEXT = '/';

  private RecordKeys() {}

  /** Of a copy: where it was copied from. */
  public static String copy(AgentEvidence copy) {
    return copy(copy.getTraceId(), copy.getKind(), copy.getPartition(), copy.getOffset());
  }

  /** Of the copy of the record that stands there. */
  public static String copy(String traceId, EvidenceKind kind, int partition, long offset) {
    return traceId + NEXT + kind + NEXT + partition + NEXT + offset;
  }

  /** Of words: the span in which they were said, whose they are, when, and their place. */
  public static String content(AgentContent said) {
    return said.getTraceId()
        + NEXT
        + (said.getSpanId() == null ? "-" : said.getSpanId())
        + NEXT
        + said.getRole()
        + NEXT
        + said.getTimeMs()
        + NEXT
        + said.getPart();
  }

  /** The trace id in such a key, or a key that is nothing else. */
  public static String trace(String key) {
    int end = key.indexOf(NEXT);
    return end < 0 ? key : key.substring(0, end);
  }
}
