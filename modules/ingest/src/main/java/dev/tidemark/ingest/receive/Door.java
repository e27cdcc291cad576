package dev.tidemark.ingest.receive;

import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.ingest.Batch;
import dev.tidemark.ingest.Outlet;
import dev.tidemark.ingest.Outlet.Unavailable;
import dev.tidemark.ingest.otlp.Malformed;
import dev.tidemark.ingest.otlp.OtlpJson;
import dev.tidemark.ingest.otlp.OtlpProto;
import dev.tidemark.ingest.receive.Refusal.Reason;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/** What HTTP and gRPC do with a body once they have it. Thread-safe. */
final class Door {
  private final Outlet outlet;
  private final Normalizer normalizer;
  private final Semaphore publishing;
  private final ReceiverCounts counts;
  private final Quotas quotas = new Quotas(System::nanoTime);

  Door(Outlet outlet, Normalizer normalizer, Limits limits, ReceiverCounts counts) {
    this.outlet = outlet;
    this.normalizer = normalizer;
    this.publishing = new Semaphore(limits.publishing());
    this.counts = counts;
  }

  /** What a request carries. */
  enum Signal {
    TRACES("spans"),
    LOGS("log records");

    private final String items;

    Signal(String items) {
      this.items = items;
    }

    private Batch batch(boolean json, byte[] body, String tenant, Normalizer normalizer)
        throws IOException {
      return this == TRACES
          ? Batch.ofSpans(json ? OtlpJson.traces(body) : OtlpProto.traces(body), tenant, normalizer)
          : Batch.ofLogs(json ? OtlpJson.logs(body) : OtlpProto.logs(body), tenant, normalizer);
    }
  }

  /** What to tell a client that is not refused: how many items are, and why the first is. */
  record Accepted(int rejected, String reason) {}

  /** Refuses a sender who has sent too much, before the body is read. */
  void check(Sender sender) throws Refusal {
    quotas.check(sender);
  }

  /** Decodes, translates, redacts and publishes; returns when the brokers have all of it. */
  Accepted take(Signal signal, boolean json, byte[] body, Sender sender) throws Refusal {
    if (!publishing.tryAcquire()) {
      throw new Refusal(Reason.UNAVAILABLE, "too many requests wait for Kafka; try again");
    }
    try {
      Batch batch = signal.batch(json, body, sender.tenant(), normalizer);
      int lost = batch.size() == 0 ? 0 : publish(batch, sender);
      counts.published(batch);
      counts.rejected(batch.rejected() + lost);
      String reason =
          batch.reason() == null && lost > 0
              ? "too large for the topic; send shorter " + signal.items
              : batch.reason();
      return new Accepted(batch.rejected() + lost, reason);
    } catch (Malformed e) {
      throw new Refusal(Reason.MALFORMED, e.getMessage());
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail to be read", e);
    } finally {
      publishing.release();
    }
  }

  private int publish(Batch batch, Sender sender) throws Refusal {
    quotas.take(sender, batch.size());
    try {
      return outlet.publish(batch);
    } catch (Unavailable e) {
      quotas.give(sender, batch.size());
      throw new Refusal(Reason.UNAVAILABLE, e.getMessage());
    }
  }
}
