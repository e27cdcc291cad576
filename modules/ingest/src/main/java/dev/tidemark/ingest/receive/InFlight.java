package dev.tidemark.ingest.receive;

import dev.tidemark.ingest.receive.Refusal.Reason;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes of requests that are held at once, all together at most a budget. Thread-safe. */
final class InFlight {
  private final long budget;
  private final AtomicLong held = new AtomicLong();

  InFlight(long budget) {
    this.budget = budget;
  }

  /** What one request holds; to be closed exactly when the request is over. Thread-safe. */
  final class Share implements AutoCloseable {
    private final AtomicLong bytes = new AtomicLong();

    /** Takes more bytes, or refuses the request when the budget is spent. */
    void take(long more) throws Refusal {
      if (held.addAndGet(more) > budget) {
        held.addAndGet(-more);
        throw new Refusal(
            Reason.BUSY,
            "requests in flight hold more than " + budget + " bytes (--otlp-in-flight); try again");
      }
      bytes.addAndGet(more);
    }

    @Override
    public void close() {
      held.addAndGet(-bytes.getAndSet(0));
    }
  }

  Share share() {
    return new Share();
  }

  /** Bytes held now. */
  long held() {
    return held.get();
  }
}
