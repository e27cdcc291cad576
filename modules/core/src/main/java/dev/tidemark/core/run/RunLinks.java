package dev.tidemark.core.run;

import dev.tidemark.core.window.Shows;
import java.util.Objects;
import java.util.Set;

/**
 * How the attempts of one run are linked, and what that contributed to windows: span by span while
 * they come in order, all at once and as differences when they do not.
 */
final class RunLinks {
  private final RunState run;
  private final RunSpans spans;
  private final RunEvents events;
  private final RunSeriesList series = new RunSeriesList();
  private Linker linker = new Linker();

  RunLinks(RunState run, RunSpans spans, RunEvents events) {
    this.run = run;
    this.spans = spans;
    this.events = events;
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
    Denials denials = run.denialsMeet() ? Denials.among(events.list()) : null;
    for (int i = 0; i < spans.size(); i++) {
      SpanFact fact = spans.get(i);
      int was = fact.links;
      boolean attempt = spans.attempt(fact);
      int now = attempt ? linker.next(fact) : 0;
      if (denials != null && !spans.replaced(fact)) {
        now |= denials.next(fact, attempt);
      }
      if ((was | now) == 0) {
        continue;
      }
      long cause = Math.max(causeMs, fact.arrivalMs); // Of two topics either may be ahead.
      if (fact.subject == null) {
        retell(fact, was, now, cause, windows);
        continue;
      }
      String rule = (now & Links.RULED) != 0 ? denials.rule() : fact.told().rule();
      boolean ruled = Objects.equals(rule, fact.enforcement.rule());
      if (was != now || !ruled) {
        difference(fact, was, -1, cause, windows, touched);
        fact.ruledBy(rule);
        difference(fact, now, 1, cause, windows, touched);
      }
      fact.links = now;
      sums(fact, was, now, series.of(fact.subject), cause, windows);
      if (fact.isTool()) {
        sums(fact, was, now, series.of(fact.scope.agent()), cause, windows);
        sums(fact, was, now, series.of(fact.scope.fleet()), cause, windows);
      }
    }
    if (denials != null) {
      denials.end();
    }
    events.retell(denials == null ? Set.of() : denials.retold(), causeMs, windows);
    spans.dropReplaced();
    touched.send();
  }

  private static void retell(SpanFact guard, int was, int now, long causeMs, Windows windows) {
    if (was != now) {
      EventCounts.retell(guard, (now & Links.RETOLD) != 0 ? -1 : 1, causeMs, windows);
      guard.links = now;
    }
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
