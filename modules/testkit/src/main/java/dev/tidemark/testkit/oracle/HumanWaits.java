package dev.tidemark.testkit.oracle;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SeriesKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Waits for humans whose request and decision are told by different records, of whatever traces:
 * every decision waits since the last request before it, of the same tenant and the same decision
 * id, else tool call id, else conversation. At one time requests come before decisions; of several
 * requests at one time the one told later counts, then the one of the greater trace, an event
 * rather than a span, the greater id.
 */
final class HumanWaits {
  private record Said(Fact by, boolean decision, String key, long atMs, List<SeriesKey> series) {}

  private static final Comparator<Said> LAST =
      Comparator.comparingLong(Said::atMs)
          .thenComparing(said -> said.by().endMs())
          .thenComparing(said -> said.by().traceId())
          .thenComparing(said -> said.by() instanceof EventFact)
          .thenComparing(said -> said.by().id());

  private final OracleConfig config;
  private final DistinctFacts distinct;
  private final List<List<Fact>> traces;

  HumanWaits(OracleConfig config, DistinctFacts distinct, List<List<Fact>> traces) {
    this.config = config;
    this.distinct = distinct;
    this.traces =
        traces.stream().filter(trace -> trace.stream().anyMatch(HumanWaits::byHuman)).toList();
  }

  /** Starts of all windows that a decision can count in. */
  LongStream windowStarts() {
    return traces.stream()
        .flatMap(List::stream)
        .filter(HumanWaits::byHuman)
        .mapToLong(fact -> config.startOf(fact.endMs()))
        .distinct();
  }

  /** What the records that arrived before {@code ms} say. */
  List<Contribution> contributions(long ms) {
    Map<String, List<Said>> byKey =
        traces.stream()
            .flatMap(trace -> before(trace, ms))
            .flatMap(this::said)
            .collect(Collectors.groupingBy(Said::key));
    List<Contribution> all = new ArrayList<>();
    for (List<Said> said : byKey.values()) {
      for (Said one : said) {
        if (one.decision()) {
          answered(one, said).ifPresent(request -> all.addAll(waits(request, one)));
        }
      }
    }
    return all;
  }

  /** Two records with one id may say different things, so all of the trace's are looked at. */
  private Stream<Fact> before(List<Fact> trace, long ms) {
    return distinct.of(trace.stream().filter(fact -> fact.arrivalMs() < ms).toList()).stream()
        .filter(HumanWaits::byHuman);
  }

  private Optional<Said> answered(Said decision, List<Said> said) {
    return said.stream()
        .filter(one -> !one.decision() && one.atMs() <= decision.atMs())
        .max(LAST)
        .filter(request -> decision.atMs() - request.atMs() <= config.humanHorizonMs());
  }

  private static List<Contribution> waits(Said request, Said decision) {
    long micros = (decision.atMs() - request.atMs()) * 1000;
    return request.series().stream()
        .map(
            series ->
                new Contribution(
                    series, decision.by().endMs(), sum -> sum.sketch("humanWait", micros)))
        .toList();
  }

  private static boolean byHuman(Fact fact) {
    if (fact instanceof EventFact event) {
      EventType type = event.event().getType();
      return type == EventType.APPROVAL_REQUESTED || type == EventType.APPROVAL_DECIDED;
    }
    AgentSpan span = ((SpanFact) fact).span();
    return span.getOutcome() == Outcome.AWAITING_HUMAN
        || span.getHumanDecision() != null
        || span.getDecisionRequestedMs() != null
        || span.getDecisionDecidedMs() != null;
  }

  private Stream<Said> said(Fact fact) {
    return fact instanceof EventFact event ? said(event) : said((SpanFact) fact);
  }

  private static Stream<Said> said(EventFact fact) {
    AgentEvent event = fact.event();
    String key =
        key(
            event.getTenant(),
            event.getDecisionId(),
            event.getToolCallId(),
            event.getConversationId());
    if (key == null) {
      return Stream.empty();
    }
    SeriesKeys keys = SeriesKeys.of(event);
    List<SeriesKey> series = new ArrayList<>(List.of(keys.agentSeries(), keys.fleet()));
    if (event.getToolName() != null) {
      series.add(keys.tool(event.getToolName(), event.getToolVersion()));
    }
    boolean decision = event.getType() == EventType.APPROVAL_DECIDED;
    return Stream.of(new Said(fact, decision, key, fact.endMs(), series));
  }

  private Stream<Said> said(SpanFact fact) {
    AgentSpan span = fact.span();
    Long requestedMs = span.getDecisionRequestedMs();
    Long decidedMs = span.getDecisionDecidedMs();
    String key =
        key(span.getTenant(), span.getDecisionId(), span.getToolCallId(), span.getConversationId());
    if (key == null || (requestedMs != null && decidedMs != null)) {
      return Stream.empty();
    }
    SeriesKeys keys = SeriesKeys.of(span);
    List<SeriesKey> series = new ArrayList<>(List.of(keys.agentSeries(), keys.fleet()));
    if (fact.tool()) {
      series.add(keys.tool(fact.target(), span.getToolVersion()));
    }
    boolean awaits = span.getOutcome() == Outcome.AWAITING_HUMAN;
    boolean decides = !awaits && (span.getHumanDecision() != null || decidedMs != null);
    Function<Long, Optional<Long>> when = told -> time(told, fact.endMs());
    return Stream.of(
            when.apply(requestedMs)
                .filter(at -> awaits || requestedMs != null)
                .map(at -> new Said(fact, false, key, at, series)),
            when.apply(decidedMs)
                .filter(at -> decides)
                .map(at -> new Said(fact, true, key, at, series)))
        .flatMap(Optional::stream);
  }

  /** When it was: at the end of the span unless it tells; empty when that cannot be. */
  private Optional<Long> time(Long told, long endMs) {
    if (told == null) {
      return Optional.of(endMs);
    }
    boolean possible = told <= endMs + config.skewMs() && told >= endMs - config.humanHorizonMs();
    return possible ? Optional.of(Math.min(told, endMs)) : Optional.empty();
  }

  private static String key(String tenant, String decision, String call, String conversation) {
    if (told(decision)) {
      return tenant + " decision " + decision;
    }
    if (told(call)) {
      return tenant + " call " + call;
    }
    return told(conversation) ? tenant + " conversation " + conversation : null;
  }

  private static boolean told(String id) {
    return id != null && !id.isEmpty();
  }
}
