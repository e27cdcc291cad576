package dev.tidemark.testkit.oracle;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import org.apache.avro.specific.SpecificRecord;

/** Event times as they were sent. */
final class Times {
  private Times() {}

  static long of(SpecificRecord record) {
    return record instanceof AgentSpan span ? span.getEndMs() : ((AgentEvent) record).getTimeMs();
  }
}
