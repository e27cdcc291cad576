package dev.tidemark.ingest.receive;

import dev.tidemark.ingest.Batch;
import dev.tidemark.ingest.Outlet;
import dev.tidemark.records.AgentContent;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An outlet that keeps what it gets, or is away. */
final class Shelf implements Outlet {
  final List<AgentSpan> spans = new CopyOnWriteArrayList<>();
  final List<AgentEvent> events = new CopyOnWriteArrayList<>();
  final List<AgentContent> contents = new CopyOnWriteArrayList<>();
  volatile boolean away;
  volatile int tooLarge;

  @Override
  public int publish(Batch batch) throws Unavailable {
    if (away) {
      throw new Unavailable("Kafka is away; try again", null);
    }
    spans.addAll(batch.spans());
    events.addAll(batch.events());
    contents.addAll(batch.contents());
    return tooLarge;
  }

  @Override
  public void close() {}
}
