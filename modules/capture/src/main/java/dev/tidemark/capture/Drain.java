package dev.tidemark.capture;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the queue into a producer, on one thread: everything that can wait (metadata, registry,
 * buffer memory) waits here. While Kafka or the registry cannot be reached a record is tried again
 * in its place, so that order is kept; the queue in front of it does what its policy says.
 */
final class Drain implements Runnable {
  static final String HEARTBEAT = "tidemark-heartbeat";
  private static final Logger LOG = LoggerFactory.getLogger(KafkaSpanPublisher.class);
  private static final String NOT_SENT = "the publisher was closed before they could be sent";
  private static final long IDLE_MS = 50;
  private static final long BACKOFF_MS = 100;

  private final BlockingQueue<Parcel> queue;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final Encoder encoder;
  private final Tally tally;
  private final int recordLimitBytes;
  private final Closing closing;
  private final Losses losses;
  private final ContentRoom room;
  private Producer<byte[], byte[]> producer;
  private int waits;

  Drain(
      BlockingQueue<Parcel> queue,
      Supplier<Producer<byte[], byte[]>> producers,
      Encoder encoder,
      Tally tally,
      CaptureConfig config,
      Closing closing,
      ContentRoom room) {
    this.queue = queue;
    this.producers = producers;
    this.encoder = encoder;
    this.tally = tally;
    this.recordLimitBytes = config.recordLimitBytes();
    this.closing = closing;
    this.losses = new Losses(config, tally);
    this.room = room;
  }

  @Override
  public void run() {
    try {
      while (!closing.isOver() && !(closing.hasBegun() && queue.isEmpty())) {
        Parcel parcel = queue.poll(IDLE_MS, TimeUnit.MILLISECONDS);
        if (parcel != null) {
          room.left(parcel);
          deliver(parcel);
        }
        tellLosses(false);
      }
      tellLosses(true);
    } catch (InterruptedException endNow) {
      Thread.currentThread().interrupt();
    } finally {
      closeProducer();
    }
  }

  /** Counts what is still queued as lost. */
  void abandonQueue() {
    for (Parcel left = queue.poll(); left != null; left = queue.poll()) {
      room.left(left);
      lose(left, DropReason.CLOSED, NOT_SENT);
    }
  }

  private void deliver(Parcel parcel) throws InterruptedException {
    ProducerRecord<byte[], byte[]> record = null;
    while (true) {
      try {
        connect();
        if (parcel instanceof Parcel.OfHeartbeat heartbeat) {
          beat(heartbeat);
        } else {
          record = record == null ? encode(parcel) : record;
          send(record);
        }
        waits = 0;
        return;
      } catch (InterruptException interrupted) {
        lose(parcel, DropReason.CLOSED, NOT_SENT);
        throw new InterruptedException();
      } catch (RecordTooLargeException tooLarge) {
        lose(parcel, DropReason.TOO_LARGE, tooLarge.getMessage());
        return;
      } catch (Unwritable unwritable) {
        lose(parcel, DropReason.SERIALIZATION, unwritable.getCause().getClass().getSimpleName());
        return;
      } catch (Unreachable | RetriableException later) {
        if (!pause(later)) {
          lose(parcel, DropReason.CLOSED, NOT_SENT);
          return;
        }
      } catch (RuntimeException refused) {
        lose(parcel, DropReason.SEND_FAILED, refused.getClass().getSimpleName());
        return;
      }
    }
  }

  private ProducerRecord<byte[], byte[]> encode(Parcel parcel) {
    ProducerRecord<byte[], byte[]> record;
    try {
      record = encoder.encode(parcel);
    } catch (RetriableException | InterruptException notNow) {
      throw notNow;
    } catch (RuntimeException unwritable) {
      throw new Unwritable(unwritable);
    }
    int size = record.key().length + record.value().length;
    if (size > recordLimitBytes) {
      throw new RecordTooLargeException(
          "a record of "
              + size
              + " bytes is over the limit of "
              + recordLimitBytes
              + ": shorten its fields or raise recordLimitBytes and the topic's max.message.bytes");
    }
    return record;
  }

  private void connect() {
    if (producer == null) {
      try {
        producer = producers.get();
      } catch (KafkaException noServerResolved) {
        throw new Unreachable(noServerResolved);
      }
    }
  }

  /** Every partition of both topics hears it, or none and it is tried again. */
  private void beat(Parcel.OfHeartbeat heartbeat) {
    String[] topics = encoder.topics();
    List<PartitionInfo> spans = producer.partitionsFor(topics[0]);
    List<PartitionInfo> events = producer.partitionsFor(topics[1]);
    for (List<PartitionInfo> partitions : List.of(spans, events)) {
      for (PartitionInfo partition : partitions) {
        var record =
            new ProducerRecord<byte[], byte[]>(
                partition.topic(),
                partition.partition(),
                Encoder.stamp(heartbeat.arrivalMs()),
                null,
                null);
        record.headers().add(new RecordHeader(HEARTBEAT, new byte[0]));
        Delivery.send(producer, record, failure -> {});
      }
    }
    tally.heartbeatDone(true);
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    Delivery.send(
        producer,
        record,
        failure -> {
          if (failure == null) {
            tally.send();
          } else {
            DropReason reason = closing.isOver() ? DropReason.CLOSED : DropReason.SEND_FAILED;
            tally.drop(reason, failure.getClass().getSimpleName());
          }
        });
  }

  /** Losses are told when something has been sent before: while Kafka is away they add up. */
  private void tellLosses(boolean last) {
    if (producer == null) {
      return;
    }
    for (Losses.Loss loss : losses.due(last)) {
      try {
        var parcel = new Parcel.OfEvent(loss.event(), SpanPublisher.NOW);
        Delivery.send(
            producer,
            encoder.encode(parcel),
            failure -> {
              if (failure != null) {
                losses.untold(loss);
              }
            });
      } catch (RuntimeException notNow) {
        losses.untold(loss);
      }
    }
  }

  private void lose(Parcel parcel, DropReason reason, String detail) {
    if (parcel instanceof Parcel.OfHeartbeat) {
      tally.heartbeatDone(false);
    } else {
      tally.drop(reason, detail);
    }
  }

  /** Waits before the next try; false when there is no time for one. */
  private boolean pause(RuntimeException later) {
    if (closing.isOver()) {
      return false;
    }
    waits++;
    if (Integer.bitCount(waits) == 1) {
      LOG.warn("capture waits for Kafka or the registry, try {}: {}", waits, later.toString());
    }
    try {
      Thread.sleep(BACKOFF_MS);
      return true;
    } catch (InterruptedException endNow) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void closeProducer() {
    if (producer != null) {
      boolean interrupted = Thread.interrupted();
      try {
        producer.close(interrupted ? Duration.ZERO : closing.remaining());
      } catch (RuntimeException alreadyGone) {
        LOG.debug("closing the producer", alreadyGone);
      }
    }
  }

  /** The record cannot be written in its schema, now or later. */
  private static final class Unwritable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unwritable(Throwable cause) {
      super(cause);
    }
  }

  /** No bootstrap server could be resolved: like an outage, it may pass. */
  private static final class Unreachable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unreachable(Throwable cause) {
      super(cause);
    }
  }
}
