package dev.tidemark.testkit.oracle;

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
    long last = 0;
    for (Fact fact : facts) {
      if (runs.isEmpty() || fact.endMs() > last + config.horizonMs()) {
        runs.add(new ArrayList<>());
      }
      runs.get(runs.size() - 1).add(fact);
      last = fact.endMs();
    }
    return runs;
  }

  private List<Contribution> contributionsOf(List<Fact> run, int count) {
    List<SpanFact> spans = spans(run);
    List<Attempt> attempts = Chain.of(spans);
    Set<String> tried = attempts.stream().map(a -> a.fact().id()).collect(Collectors.toSet());
    List<EventFact> events =
        run.stream().filter(EventFact.class::isInstance).map(EventFact.class::cast).toList();
    List<Contribution> all = new ArrayList<>(AttemptContributions.of(attempts));
    spans.stream()
        .filter(s -> !tried.contains(s.id()))
        .forEach(s -> all.addAll(SideContributions.of(s)));
    events.forEach(e -> all.addAll(SideContributions.of(e)));
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
   * The first time at which the run had no root and had been silent for long enough, which is known
   * once the lateness has passed as well; null when there was none.
   */
  private Long closedMs(List<Fact> arrived) {
    for (int count = 1; count <= arrived.size(); count++) {
      List<Fact> known = distinct.of(arrived.subList(0, count));
      long closesMs = known.get(known.size() - 1).endMs() + config.inactivityMs();
      boolean last = count == arrived.size();
      boolean silent = last || arrived.get(count).arrivalMs() >= closesMs + config.latenessMs();
      if (silent && RunEnd.root(spans(known)) == null) {
        return closesMs;
      }
    }
    return null;
  }

  private static List<SpanFact> spans(List<Fact> facts) {
    return facts.stream().filter(SpanFact.class::isInstance).map(SpanFact.class::cast).toList();
  }
}
