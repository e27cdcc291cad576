package dev.tidemark.bench.windows;

import dev.tidemark.wire.AvroSerdes;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the same thinking costs when nothing may fail: the classes observe uses, windows and runs in
 * hash maps, no output, no commit, no state that survives. Windows and runs are let go behind the
 * smallest watermark, or the heap would not hold them.
 */
final class Floor implements Consumer<ConsumerRecord<byte[], byte[]>> {
  private static final long LATENESS_MS = 15_000;
  private final Thinking thinking;
  private final long[] arrived;
  private long advancedTo;
  private long windows;

  Floor(Thinking thinking, int partitions) {
    this.thinking = thinking;
    this.arrived = new long[partitions];
  }

  static Floor of(RunSpec spec) {
    AvroSerdes serdes = AvroSerdes.of(Map.of("schema.registry.url", spec.registry()));
    return new Floor(new CoreThinking(serdes), spec.partitions());
  }

  @Override
  public void accept(ConsumerRecord<byte[], byte[]> record) {
    int partition = record.partition();
    boolean later = record.timestamp() > arrived[partition];
    if (later) {
      arrived[partition] = record.timestamp();
    }
    if (record.value() != null) {
      thinking.span(record);
    }
    if (later && record.timestamp() - LATENESS_MS >= advancedTo + 1_000) {
      long watermark = Arrays.stream(arrived).min().orElse(0) - LATENESS_MS;
      if (watermark >= advancedTo + 1_000) {
        windows += thinking.advance(watermark);
        advancedTo = watermark;
      }
    }
  }

  /** Windows that are closed. */
  long windows() {
    return windows;
  }
}
