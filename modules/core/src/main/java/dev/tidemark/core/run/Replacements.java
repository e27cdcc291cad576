package dev.tidemark.core.run;

import dev.tidemark.core.window.SeriesNode;
import java.util.HashSet;
import java.util.Set;

/**
 * Windows that are over and in which a run shows something else than before: what it shows now
 * replaces what it showed. Computed from the run, so it does not matter how often it is said.
 */
final class Replacements {
  private record Place(SeriesNode node, long windowMs, long eventMs) {}

  private final RunState run;
  private final long causeMs;
  private final Windows windows;
  private final Set<Place> places = new HashSet<>(0);

  Replacements(RunState run, long causeMs, Windows windows) {
    this.run = run;
    this.causeMs = causeMs;
    this.windows = windows;
  }

  /** Something changed about an attempt. */
  void touch(SpanFact fact) {
    long window = windows.windowOf(fact.endMs);
    touch(fact.subject, window, window);
    if (fact.isTool()) {
      touch(fact.scope.agent(), window, window);
      touch(fact.scope.fleet(), window, window);
    }
    if (fact.enforcement.policy() != null) {
      touch(fact.enforcement.policy(), window, window);
    }
  }

  /** Something changed in a window of a series. */
  void touch(SeriesNode node, long windowMs, long eventMs) {
    places.add(new Place(node, windowMs, eventMs));
  }

  /** Says what the run shows in every place that changed. */
  void send() {
    for (Place place : places) {
      windows
          .at(place.node(), place.eventMs(), causeMs)
          .replaceExemplar(run.traceHigh(), run.traceLow(), shows(place));
    }
  }

  private int shows(Place place) {
    int shows = 0;
    for (SpanFact fact : run.spans()) {
      if (fact.attempt() && windows.windowOf(fact.endMs) == place.windowMs()) {
        shows |= in(place.node(), fact) ? Links.shows(fact, fact.links) : 0;
        boolean policy = fact.enforcement.policy() == place.node();
        shows |= policy ? AttemptCounts.ofPolicy(fact).bit() : 0;
      }
    }
    RunVerdict verdict = run.progress().verdict;
    if (verdict != null && windows.windowOf(verdict.endMs()) == place.windowMs()) {
      boolean here =
          verdict.scope().agent() == place.node() || verdict.scope().fleet() == place.node();
      shows |= here ? verdict.shows() : 0;
    }
    return shows;
  }

  private static boolean in(SeriesNode node, SpanFact fact) {
    return fact.subject == node
        || (fact.isTool() && (fact.scope.agent() == node || fact.scope.fleet() == node));
  }
}
