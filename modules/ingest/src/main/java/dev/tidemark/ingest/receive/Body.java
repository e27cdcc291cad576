package dev.tidemark.ingest.receive;

import dev.tidemark.ingest.receive.Refusal.Reason;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Gathers the body of a request without holding a thread while the client is slow, and gives up on
 * one that is too slow or too large. Hands over exactly once: the bytes or the refusal.
 */
final class Body implements Runnable {
  /** Who gets the body; called once, in a thread that may block. */
  interface Taker {
    void complete(byte[] bytes);

    void failed(Refusal refusal);
  }

  private final Request request;
  private final Limits limits;
  private final InFlight.Share share;
  private final Taker taker;
  private final Scheduler scheduler;
  private final long began = System.nanoTime();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile Scheduler.Task watch;
  private byte[] bytes = new byte[0];
  private int length;
  private volatile int received;

  Body(Request request, Limits limits, InFlight.Share share, Taker taker) {
    this.request = request;
    this.limits = limits;
    this.share = share;
    this.taker = taker;
    this.scheduler = request.getComponents().getScheduler();
  }

  /** Begins to read. */
  void read() {
    watch();
    run();
  }

  @Override
  public void run() {
    try {
      while (!over.get()) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          request.demand(this);
          return;
        }
        if (Content.Chunk.isFailure(chunk)) {
          fail(new Refusal(Reason.MALFORMED, "body ended before it was complete; send it again"));
          return;
        }
        boolean last = chunk.isLast();
        try {
          append(chunk.getByteBuffer());
        } finally {
          chunk.release();
        }
        if (last) {
          finish();
        }
      }
    } catch (Refusal refusal) {
      bytes = new byte[0];
      fail(refusal);
    }
  }

  private void append(ByteBuffer more) throws Refusal {
    int size = more.remaining();
    if (length + (long) size > limits.bodyBytes()) {
      throw tooLarge(limits);
    }
    if (length + size > bytes.length) {
      int room = (int) Math.min(limits.bodyBytes(), Math.max(length + size, 2L * bytes.length));
      share.take(room - bytes.length);
      bytes = Arrays.copyOf(bytes, room);
    }
    more.get(bytes, length, size);
    length += size;
    received = length;
  }

  private void finish() {
    if (over.compareAndSet(false, true)) {
      watch.cancel();
      taker.complete(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    }
  }

  private void fail(Refusal refusal) {
    if (over.compareAndSet(false, true)) {
      watch.cancel();
      taker.failed(refusal);
    }
  }

  private void watch() {
    long next = limits.grace().toMillis();
    watch = scheduler.schedule(this::judge, next, TimeUnit.MILLISECONDS);
  }

  private void judge() {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    boolean late = millis > limits.bodyWithin().toMillis();
    if (late || received < limits.bytesPerSecond() * (millis / 1_000.0)) {
      fail(
          new Refusal(
              Reason.SLOW,
              "body comes slower than "
                  + limits.bytesPerSecond()
                  + " bytes/s or takes longer than "
                  + limits.bodyWithin().toSeconds()
                  + " s; send smaller batches or compress them"));
    } else if (!over.get()) {
      watch();
    }
  }

  /**
   * Unpacks gzip as far as the limit goes, holding no more than that.
   *
   * @throws Refusal when it is no gzip or is too large unpacked
   */
  static byte[] unzip(byte[] zipped, Limits limits, InFlight.Share share) throws Refusal {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped), 8_192)) {
      int room = (int) Math.min(limits.bodyBytes(), Math.max(1_024L, 4L * zipped.length));
      share.take(room);
      byte[] bytes = new byte[room];
      int length = 0;
      while (true) {
        int more = in.readNBytes(bytes, length, bytes.length - length);
        length += more;
        if (length < bytes.length) {
          return Arrays.copyOf(bytes, length);
        }
        int next = in.read();
        if (next < 0) {
          return bytes;
        }
        if (length >= limits.bodyBytes()) {
          throw tooLarge(limits);
        }
        room = (int) Math.min(limits.bodyBytes(), 2L * length);
        share.take(room - bytes.length);
        bytes = Arrays.copyOf(bytes, room);
        bytes[length++] = (byte) next;
      }
    } catch (ZipException | EOFException e) {
      throw new Refusal(
          Reason.MALFORMED, "body is not gzip although Content-Encoding says so; send it again");
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail to be read", e);
    }
  }

  static Refusal tooLarge(Limits limits) {
    return new Refusal(
        Reason.TOO_LARGE,
        "body exceeds "
            + limits.bodyBytes()
            + " bytes, before or after decompression (--otlp-max-body); send smaller batches");
  }
}
