package dev.tidemark.capture;

import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * One record given to a producer. The producer reports a record that it did not take (no metadata,
 * no memory) through the same callback as one it took and could not deliver; only the second is
 * lost. They differ in the thread: a refusal is told before {@code send} returns, on its thread.
 */
final class Delivery implements Callback {
  private final Thread sender = Thread.currentThread();
  private final Consumer<Exception> done;
  private boolean sending = true;
  private Exception refusal;

  private Delivery(Consumer<Exception> done) {
    this.done = done;
  }

  /**
   * Sends a record.
   *
   * @param done told the failure, or null when all in-sync replicas have the record
   * @throws RuntimeException when the producer did not take it; {@code done} is not called then
   */
  static void send(
      Producer<byte[], byte[]> producer,
      ProducerRecord<byte[], byte[]> record,
      Consumer<Exception> done) {
    var delivery = new Delivery(done);
    var unused = producer.send(record, delivery);
    delivery.sending = false;
    if (delivery.refusal instanceof RuntimeException refusal) {
      throw refusal;
    }
  }

  @Override
  public void onCompletion(RecordMetadata metadata, Exception exception) {
    if (exception != null && Thread.currentThread() == sender && sending) {
      refusal = exception;
    } else {
      done.accept(exception);
    }
  }
}
