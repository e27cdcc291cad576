package dev.tidemark.core.run;

import dev.tidemark.core.window.Shows;

/**
 * How the attempts of one run are linked, and what that contributed to windows: span by span while
 * they come in order, all at once and as differences when they do not.
 */
final class RunLinks {
  private final RunState run;
  private final RunSpans spans;
  private final RunSeriesList series = new RunSeriesList();
  private Linker linker = new Linker();

  RunLinks(RunState run, RunSpans spans) {
    this.run = run;
    this.spans = spans;
  }

  Linker linker() {
    return linker;
  }

  /** Links the last span in order. */
  void append(SpanFact fact, long causeMs, Windows windows) {
    if (!spans.attempt(fact)) {
      return;
    }
    fact.links = linker.next(fact);
    AttemptCounts.add(fact, fact.links, 1, causeMs, windows);
    int events = Links.events(fact, fact.links);
    sum(fact, series.of(fact.subject), events, causeMs, windows);
    if (fact.isTool()) {
      sum(fact, series.of(fact.scope.agent()), events, causeMs, windows);
      sum(fact, series.of(fact.scope.fleet()), events, causeMs, windows);
    }
    if (windows.correction(fact.endMs, causeMs)) {
      Replacements touched = new Replacements(run, Shows.OF_ATTEMPTS, causeMs, windows);
      touched.touch(fact);
      touched.send();
    } else {
      AttemptCounts.exemplar(run, fact, fact.links, 1, causeMs, windows);
    }
  }

  private static void sum(SpanFact fact, RunSeries in, int events, long causeMs, Windows windows) {
    AttemptCounts.cluster(in.node, fact, events, in.attempts, in.events, 1, causeMs, windows);
    in.count(events);
  }

  /** Links everything again and sends the differences, all of one cause. */
  void relink(long causeMs, Windows windows) {
    linker = new Linker();
    series.restart();
    Replacements touched = new Replacements(run, Shows.OF_ATTEMPTS, causeMs, windows);
    for (int i = 0; i < spans.size(); i++) {
      SpanFact fact = spans.get(i);
      int was = fact.links;
      int now = spans.attempt(fact) ? linker.next(fact) : 0;
      if ((was | now) == 0) {
        continue;
      }
      fact.links = now;
      if (was != now) {
        difference(fact, was, -1, causeMs, windows, touched);
        difference(fact, now, 1, causeMs, windows, touched);
      }
      sums(fact, was, now, series.of(fact.subject), causeMs, windows);
      if (fact.isTool()) {
        sums(fact, was, now, series.of(fact.scope.agent()), causeMs, windows);
        sums(fact, was, now, series.of(fact.scope.fleet()), causeMs, windows);
      }
    }
    spans.dropReplaced();
    touched.send();
  }

  private void difference(
      SpanFact fact, int links, int sign, long causeMs, Windows windows, Replacements touched) {
    if (links == 0) {
      return;
    }
    AttemptCounts.add(fact, links, sign, causeMs, windows);
    if (windows.correction(fact.endMs, causeMs)) {
      touched.touch(fact);
    } else {
      AttemptCounts.exemplar(run, fact, links, sign, causeMs, windows);
    }
  }

  private static void sums(
      SpanFact fact, int was, int now, RunSeries in, long causeMs, Windows windows) {
    int eventsWas = Links.events(fact, was);
    int eventsNow = Links.events(fact, now);
    if (was != now || !in.unchanged()) {
      if (was != 0) {
        AttemptCounts.cluster(
            in.node, fact, eventsWas, in.oldAttempts, in.oldEvents, -1, causeMs, windows);
      }
      if (now != 0) {
        AttemptCounts.cluster(
            in.node, fact, eventsNow, in.attempts, in.events, 1, causeMs, windows);
      }
    }
    if (was != 0) {
      in.countOld(eventsWas);
    }
    if (now != 0) {
      in.count(eventsNow);
    }
  }

  /** Sends what the attempts of one window contribute, as if all had just arrived. */
  void contribute(long windowMs, Windows windows) {
    series.restart();
    for (int i = 0; i < spans.size(); i++) {
      SpanFact fact = spans.get(i);
      boolean here = windows.windowOf(fact.endMs) == windowMs;
      Windows to = here ? windows : Nowhere.WINDOWS;
      EventCounts.add(fact, 1, fact.arrivalMs, to);
      if (!fact.attempt()) {
        continue;
      }
      AttemptCounts.add(fact, fact.links, 1, fact.arrivalMs, to);
      AttemptCounts.exemplar(run, fact, fact.links, 1, fact.arrivalMs, to);
      sums(fact, 0, fact.links, series.of(fact.subject), fact.arrivalMs, to);
      if (fact.isTool()) {
        sums(fact, 0, fact.links, series.of(fact.scope.agent()), fact.arrivalMs, to);
        sums(fact, 0, fact.links, series.of(fact.scope.fleet()), fact.arrivalMs, to);
      }
    }
  }
}
