package dev.tidemark.testkit.oracle;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SpanKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What a run as a whole adds to its agent and the fleet, in the window of its end. */
final class RunEnd {
  private static final Set<Outcome> ABNORMAL =
      Set.of(Outcome.ERROR, Outcome.TIMEOUT, Outcome.CANCELLED);

  private final List<SpanFact> spans;
  private final List<EventFact> events;
  private final List<Attempt> attempts;
  private final SpanFact root;

  RunEnd(List<SpanFact> spans, List<EventFact> events, List<Attempt> attempts) {
    this.spans = spans;
    this.events = events;
    this.attempts = attempts;
    this.root = root(spans);
  }

  /** The last root: a RUN span without a parent, else one that is inside no other; or null. */
  static SpanFact root(List<SpanFact> spans) {
    Map<String, SpanFact> byId = new HashMap<>();
    spans.forEach(span -> byId.put(span.id(), span));
    List<SpanFact> runs = spans.stream().filter(s -> s.span().getKind() == SpanKind.RUN).toList();
    List<SpanFact> roots = runs.stream().filter(s -> s.parent() == null).toList();
    List<SpanFact> candidates =
        roots.isEmpty() ? runs.stream().filter(run -> !inside(run, byId)).toList() : roots;
    return candidates.isEmpty() ? null : candidates.get(candidates.size() - 1);
  }

  private static boolean inside(SpanFact run, Map<String, SpanFact> byId) {
    return Stream.iterate(byId.get(run.parent()), Objects::nonNull, at -> byId.get(at.parent()))
        .limit(64)
        .anyMatch(at -> at.span().getKind() == SpanKind.RUN);
  }

  /**
   * The contributions, none while the run has not ended.
   *
   * @param closedMs when it was closed for its silence, or null; a root makes it meaningless
   */
  List<Contribution> contributions(Long closedMs, int loopLimit) {
    boolean agent = spans.stream().anyMatch(span -> span.span().getKind() != SpanKind.STEP);
    if (!agent || (root == null && closedMs == null)) {
      return List.of();
    }
    SpanFact voice = root == null ? spans.get(0) : root;
    long endMs = root == null ? closedMs : root.endMs();
    SeriesKeys keys = SeriesKeys.of(voice.span());
    Stream<SeriesKey> series = Stream.of(keys.agentSeries(), keys.fleet());
    Stream<Contribution> whole =
        series.map(
            one -> new Contribution(one, endMs, sum -> add(sum, voice.traceId(), loopLimit)));
    Stream<Contribution> parts =
        Stream.of(new Contribution(keys.agentSeries(), endMs, this::addParts));
    return Stream.concat(whole, parts).toList();
  }

  private void add(WindowSum sum, String trace, int loopLimit) {
    Boolean succeeded = succeeded();
    boolean well = Boolean.TRUE.equals(succeeded);
    boolean badly = Boolean.FALSE.equals(succeeded);
    boolean abnormal = root != null && ABNORMAL.contains(root.span().getOutcome());
    sum.one("runs");
    shown(sum, well, "runsSucceeded", "successful", trace);
    shown(sum, badly, "runsFailed", "unsuccessful", trace);
    shown(sum, well && troubled(), "runsRecovered", "silent_recovery", trace);
    shown(sum, abnormal, "runsAbnormal", "abnormal", trace);
    shown(sum, escalated(), "runsEscalated", "escalated", trace);
    shown(sum, looping(loopLimit), "runsLooping", "looping", trace);
    sum.add("exhaustedOperations", exhausted());
    sum.sketch("steps", attempts.stream().filter(a -> a.fact().tool()).count());
    sum.sketch("modelSteps", models().size());
    if (durationUs() != null) {
      sum.sketch("runDuration", durationUs());
    }
    if (costMicros() != null) {
      sum.sketch("runCost", costMicros());
    }
  }

  private void addParts(WindowSum sum) {
    Map<String, Long> calls = new HashMap<>();
    attempts.forEach(a -> calls.merge(PartNames.called(a.fact()), 1L, Long::sum));
    calls.forEach((part, count) -> sum.part(part).run(count));
  }

  private List<AgentSpan> models() {
    return attempts.stream().filter(a -> a.fact().model()).map(a -> a.fact().span()).toList();
  }

  /** As the root tells it, else from its start to its end; null when it tells neither. */
  private Long durationUs() {
    if (root == null || root.span().getDurationUs() != null) {
      return root == null ? null : root.span().getDurationUs();
    }
    Long start = root.span().getStartMs();
    return start == null ? null : Long.valueOf(Math.max(0, root.endMs() - start) * 1000);
  }

  /** Null unless every model call tells its cost, all in one currency, and there is one. */
  private Long costMicros() {
    boolean unknown = models().stream().anyMatch(m -> m.getCostMicros() == null);
    Stream<String> currencies =
        models().stream().map(m -> m.getCostCurrency() == null ? "USD" : m.getCostCurrency());
    return unknown || currencies.distinct().count() != 1
        ? null
        : Long.valueOf(models().stream().mapToLong(AgentSpan::getCostMicros).sum());
  }

  private static void shown(
      WindowSum sum, boolean condition, String counter, String category, String trace) {
    sum.oneIf(condition, counter);
    sum.showsIf(condition, category, trace);
  }

  private Boolean succeeded() {
    List<AgentEvent> verdicts =
        events.stream()
            .map(EventFact::event)
            .filter(e -> e.getType() == EventType.EVALUATION && e.getName().equals("task_success"))
            .toList();
    if (!verdicts.isEmpty()) {
      return verdicts.get(verdicts.size() - 1).getPassed();
    }
    boolean told = root != null && root.span().getOutcome() != Outcome.UNKNOWN;
    return told ? Boolean.valueOf(root.ok()) : null;
  }

  private boolean troubled() {
    return attempts.stream().anyMatch(a -> a.fact().tool() && (a.retry() || a.fact().troubled()));
  }

  private boolean escalated() {
    return spans.stream().anyMatch(s -> s.span().getKind() == SpanKind.HANDOFF)
        || events.stream().anyMatch(e -> e.event().getType() == EventType.HANDOFF);
  }

  private boolean looping(int loopLimit) {
    return attempts.stream().anyMatch(a -> copies(a) >= loopLimit);
  }

  private long copies(Attempt attempt) {
    String hash = attempt.fact().span().getArgumentsHash();
    return attempts.stream()
        .filter(a -> a.sameCaller(attempt.fact()))
        .filter(a -> a.fact().target().equals(attempt.fact().target()))
        .filter(a -> hash != null && hash.equals(a.fact().span().getArgumentsHash()))
        .count();
  }

  private long exhausted() {
    Map<Integer, Attempt> last = new HashMap<>();
    attempts.forEach(a -> last.put(a.operation(), a));
    return last.values().stream().filter(a -> a.fact().tool() && a.fact().troubled()).count();
  }
}
