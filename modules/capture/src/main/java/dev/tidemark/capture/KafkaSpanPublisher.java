package dev.tidemark.capture;

import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;

/**
 * The publisher agents use: a bounded queue, one daemon thread and an idempotent producer behind it
 * ({@code acks=all}, lz4). Key is the trace id, the partitioner is Kafka's default (murmur2), the
 * value is Avro in the Confluent wire format. Redaction happens on the daemon thread, before the
 * record is written.
 *
 * <p>With {@link Overflow#DROP} and {@link Overflow#DROP_OLDEST} handing over costs a few queue
 * operations, also while Kafka or the registry is down; what was dropped is counted and, once Kafka
 * can be reached, told as events of type CAPTURE_LOSS. With {@link Overflow#WAIT} it waits for
 * room. Either way nothing is thrown.
 */
public final class KafkaSpanPublisher implements SpanPublisher {
  private static final String FULL =
      "the queue is full: Kafka is slow or away, or queueRecords is too small";
  private static final long ROOM_MS = 100;
  private static final long POLL_NANOS = 1_000_000;
  private static final long LAST_WORD_MS = 3_000;

  private final BlockingQueue<Parcel> queue;
  private final Overflow overflow;
  private final Duration closeLimit;
  private final Tally tally;
  private final Closing closing = new Closing();
  private final ContentRoom room = new ContentRoom();
  private final Drain drain;
  private final Thread thread;
  private volatile boolean ended;

  KafkaSpanPublisher(
      CaptureConfig config,
      Supplier<Producer<byte[], byte[]>> producers,
      Encoder encoder,
      Tally tally) {
    this.queue = new ArrayBlockingQueue<>(config.queueRecords());
    this.overflow = config.overflow();
    this.closeLimit = config.closeLimit();
    this.tally = tally;
    this.drain = new Drain(queue, producers, encoder, tally, config, closing, room);
    this.thread = new Thread(drain, "tidemark-capture");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Opens a publisher. Returns at once, whether or not Kafka and the registry can be reached.
   *
   * @throws org.apache.kafka.common.config.ConfigException when a client setting is wrong
   */
  public static KafkaSpanPublisher open(CaptureConfig config) {
    var settings = new ProducerSettings(config);
    var tally = new Tally();
    Encoder encoder = Encoder.of(config, tally);
    return new KafkaSpanPublisher(config, settings::open, encoder, tally);
  }

  @Override
  public void publish(AgentSpan span, long arrivalMs) {
    tally.agent(span);
    publish(new Parcel.OfSpan(span, arrivalMs));
  }

  @Override
  public void publish(AgentEvent event, long arrivalMs) {
    publish(new Parcel.OfEvent(event, arrivalMs));
  }

  @Override
  public void publish(AgentContent content, long arrivalMs) {
    if (content != null) {
      publish(new Parcel.OfContent(content, arrivalMs));
    }
  }

  @Override
  public void heartbeat(long arrivalMs) {
    tally.heartbeatAccepted();
    if (refusal(new Parcel.OfHeartbeat(arrivalMs)) != null) {
      tally.heartbeatDone(false);
    }
    abandonAfterEnd();
  }

  @Override
  public CaptureCounters counters() {
    return tally.snapshot();
  }

  @Override
  public boolean flush(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!tally.isQuiet()) {
      if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  @Override
  public void close() {
    if (!closing.begin(closeLimit)) {
      return;
    }
    try {
      thread.join(closeLimit.toMillis() + 1);
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(LAST_WORD_MS);
      }
    } catch (InterruptedException hurried) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    } finally {
      ended = true;
      drain.abandonQueue();
    }
  }

  private void publish(Parcel parcel) {
    tally.accept();
    DropReason refusal = refusal(parcel);
    if (refusal != null) {
      tally.drop(refusal, refusal == DropReason.CLOSED ? "the publisher is closed" : FULL);
    }
    abandonAfterEnd();
  }

  private DropReason refusal(Parcel parcel) {
    if (closing.hasBegun()) {
      return DropReason.CLOSED;
    }
    if (!room.enter(parcel)) {
      return DropReason.QUEUE_FULL;
    }
    DropReason refusal = queue.offer(parcel) ? null : overflowed(parcel);
    if (refusal != null) {
      room.left(parcel);
    }
    return refusal;
  }

  private DropReason overflowed(Parcel parcel) {
    return switch (overflow) {
      case DROP -> DropReason.QUEUE_FULL;
      case DROP_OLDEST -> makeRoom(parcel);
      case WAIT -> waitForRoom(parcel);
    };
  }

  /** Others may be as quick: after a few tries it is this record that is dropped. */
  private DropReason makeRoom(Parcel parcel) {
    for (int tries = 0; tries < 8; tries++) {
      Parcel oldest = queue.poll();
      if (oldest instanceof Parcel.OfHeartbeat) {
        tally.heartbeatDone(false);
      } else if (oldest != null) {
        room.left(oldest);
        tally.drop(DropReason.QUEUE_FULL, FULL);
      }
      if (queue.offer(parcel)) {
        return null;
      }
    }
    return DropReason.QUEUE_FULL;
  }

  private DropReason waitForRoom(Parcel parcel) {
    try {
      while (!queue.offer(parcel, ROOM_MS, TimeUnit.MILLISECONDS)) {
        if (closing.hasBegun()) {
          return DropReason.CLOSED;
        }
      }
      return null;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return DropReason.QUEUE_FULL;
    }
  }

  /** A record that slipped into the queue while it was closed is counted, too. */
  private void abandonAfterEnd() {
    if (ended) {
      drain.abandonQueue();
    }
  }
}
