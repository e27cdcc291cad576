package dev.tidemark.bench.windows;

import dev.tidemark.streams.observe.HeapThinking;
import dev.tidemark.wire.AvroSerdes;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The classes of observe's first stage as observe uses them. */
final class CoreThinking implements Thinking {
  private final HeapThinking observe;

  CoreThinking(AvroSerdes serdes) {
    this.observe = new HeapThinking(serdes);
  }

  @Override
  public void span(ConsumerRecord<byte[], byte[]> record) {
    observe.span(record);
  }

  @Override
  public long advance(long watermarkMs) {
    return observe.advance(watermarkMs);
  }
}
