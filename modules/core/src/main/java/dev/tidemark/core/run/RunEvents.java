package dev.tidemark.core.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The distinct events of one run in order, and which of them repeat a denial. */
final class RunEvents {
  private final List<EventFact> events = new ArrayList<>(0);
  private Map<String, EventFact> byId;
  private Set<EventFact> retold = Set.of();

  int size() {
    return events.size();
  }

  List<EventFact> list() {
    return Collections.unmodifiableList(events);
  }

  EventFact last() {
    return events.get(events.size() - 1);
  }

  EventFact find(String id) {
    return byId == null ? null : byId.get(id);
  }

  void place(EventFact fact) {
    byId = byId == null ? new HashMap<>() : byId;
    events.add(-Collections.binarySearch(events, fact) - 1, fact);
    byId.put(fact.event().getEventId(), fact);
  }

  /** An event gives way to another one with its id, which is placed next. */
  void remove(EventFact known) {
    events.remove(known);
    if (retold(known)) {
      retold.remove(known);
    }
  }

  /** Whether its denial was told before, so that it is no verdict of its own. */
  boolean retold(EventFact fact) {
    return retold.contains(fact);
  }

  /** Sends what changes when these, told apart by identity, repeat a denial and no others do. */
  void retell(Set<EventFact> now, long causeMs, Windows windows) {
    for (EventFact fact : events) {
      if (retold.contains(fact) != now.contains(fact)) {
        long cause = Math.max(causeMs, fact.arrivalMs());
        EventCounts.retell(fact, now.contains(fact) ? -1 : 1, cause, windows);
      }
    }
    retold = now;
  }
}
