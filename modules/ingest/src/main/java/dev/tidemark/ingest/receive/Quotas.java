package dev.tidemark.ingest.receive;

import dev.tidemark.ingest.receive.Refusal.Reason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How much every tenant may send: a bucket that fills at the tenant's rate and holds ten seconds of
 * it. A request is let in while something is left and takes what it has, so that one larger than
 * the bucket gets through and is paid for afterwards. Thread-safe.
 */
final class Quotas {
  private static final int FULL_SECONDS = 10;
  private static final int LONGEST_WAIT_SECONDS = 300;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  /** Quotas on a clock that only goes forward, in nanoseconds. */
  Quotas(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private final class Bucket {
    private double left;
    private long asOf = nanos.getAsLong();

    Bucket(int perSecond) {
      left = (double) perSecond * FULL_SECONDS;
    }

    synchronized void take(Sender sender, int items) throws Refusal {
      long now = nanos.getAsLong();
      double most = (double) sender.perSecond() * FULL_SECONDS;
      left = Math.min(most, left + (now - asOf) / 1e9 * sender.perSecond());
      asOf = now;
      if (left < 1) {
        long wait = (long) Math.ceil((1 - left) / sender.perSecond());
        throw new Refusal(
            Reason.QUOTA,
            "the tenant sends more than "
                + sender.perSecond()
                + " spans and log records per second (token file); send fewer, or ask for more",
            (int) Math.max(1, Math.min(LONGEST_WAIT_SECONDS, wait)));
      }
      left -= items;
    }

    synchronized void give(int items) {
      left += items;
    }
  }

  /** Refuses whoever has nothing left. */
  void check(Sender sender) throws Refusal {
    take(sender, 0);
  }

  /** Takes what a request has in it, or refuses it when nothing is left. */
  void take(Sender sender, int items) throws Refusal {
    if (sender.perSecond() > 0) {
      buckets
          .computeIfAbsent(sender.tenant(), tenant -> new Bucket(sender.perSecond()))
          .take(sender, items);
    }
  }

  /** Gives back what a request took that was not let in after all. */
  void give(Sender sender, int items) {
    Bucket bucket = buckets.get(sender.tenant());
    if (bucket != null) {
      bucket.give(items);
    }
  }
}
