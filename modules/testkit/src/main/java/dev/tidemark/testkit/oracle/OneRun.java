package dev.tidemark.testkit.oracle;

import dev.tidemark.records.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The records of one trace in the order of their arrival, and what any first part of them says. */
final class OneRun {
  private final OracleConfig config;
  private final DistinctFacts distinct;
  private final List<Fact> byArrival;

  OneRun(OracleConfig config, DistinctFacts distinct, List<Fact> facts) {
    this.config = config;
    this.distinct = distinct;
    this.byArrival = facts.stream().sorted(Comparator.comparingLong(Fact::arrivalMs)).toList();
  }

  /** Starts of all windows that any part of the records can have to do with. */
  LongStream windowStarts() {
    return byArrival.stream()
        .mapToLong(Fact::endMs)
        .flatMap(end -> LongStream.of(end, end + config.inactivityMs()))
        .map(config::startOf)
        .distinct();
  }

  /** How many of the records arrived before {@code ms}. */
  int arrivedBefore(long ms) {
    return (int) byArrival.stream().filter(f -> f.arrivalMs() < ms).count();
  }

  int size() {
    return byArrival.size();
  }

  /** What the first {@code count} records to arrive say. */
  List<Contribution> contributions(int count) {
    List<Contribution> all = new ArrayList<>();
    for (List<Fact> run : runs(distinct.of(byArrival.subList(0, count)))) {
      all.addAll(contributionsOf(run, count));
    }
    return all;
  }

  /** A silence beyond the horizon ends a run; what comes after it is another one. */
  private List<List<Fact>> runs(List<Fact> facts) {
    List<List<Fact>> runs = new ArrayList<>();
    List<Fact> run = List.of();
    for (Fact fact : facts) {
      if (run.isEmpty() || fact.endMs() > last(run) + horizonMs(run)) {
        run = new ArrayList<>();
        runs.add(run);
      }
      run.add(fact);
    }
    return runs;
  }

  private long horizonMs(List<Fact> run) {
    List<SpanFact> spans = spans(run);
    boolean awaits =
        !spans.isEmpty()
            && spans.get(spans.size() - 1).span().getOutcome() == Outcome.AWAITING_HUMAN;
    return awaits ? config.humanHorizonMs() : config.horizonMs();
  }

  private static long last(List<Fact> facts) {
    return facts.get(facts.size() - 1).endMs();
  }

  private List<Contribution> contributionsOf(List<Fact> run, int count) {
    List<SpanFact> spans = spans(run);
    List<Attempt> attempts = Chain.of(spans);
    Set<String> tried = attempts.stream().map(a -> a.fact().id()).collect(Collectors.toSet());
    List<EventFact> events =
        run.stream().filter(EventFact.class::isInstance).map(EventFact.class::cast).toList();
    DenialChain denials = new DenialChain(spans, events, tried);
    List<Contribution> all = new ArrayList<>(AttemptContributions.of(attempts, denials));
    spans.stream()
        .filter(s -> !tried.contains(s.id()))
        .forEach(s -> all.addAll(SideContributions.of(s, denials.retold(s))));
    events.forEach(e -> all.addAll(SideContributions.of(e, denials.retold(e))));
    Long closedMs = closedMs(byArrival.subList(0, count).stream().filter(in(run)).toList());
    all.addAll(new RunEnd(spans, events, attempts).contributions(closedMs, config.loopLimit()));
    return all;
  }

  private static Predicate<Fact> in(List<Fact> run) {
    long first = run.get(0).endMs();
    long last = run.get(run.size() - 1).endMs();
    return fact -> first <= fact.endMs() && fact.endMs() <= last;
  }

  /**
   * When the run was closed for its silence; null when it never was. It is looked at on every bound
   * between windows, as it was when arrivals had reached the bound and the lateness: without a root
   * and silent for long enough it is closed, once.
   */
  private Long closedMs(List<Fact> arrived) {
    for (int count = 1; count <= arrived.size(); count++) {
      List<Fact> known = distinct.of(arrived.subList(0, count));
      long silentMs = last(known) + config.inactivityMs();
      long seenMs = arrived.get(count - 1).arrivalMs() - config.latenessMs();
      long bound = config.boundAfter(Math.max(silentMs, seenMs));
      boolean looked =
          count == arrived.size() || bound + config.latenessMs() <= arrived.get(count).arrivalMs();
      if (looked && RunEnd.root(spans(known)) == null) {
        return silentMs;
      }
    }
    return null;
  }

  private static List<SpanFact> spans(List<Fact> facts) {
    return facts.stream().filter(SpanFact.class::isInstance).map(SpanFact.class::cast).toList();
  }
}
