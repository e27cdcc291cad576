package dev.tidemark.core.run;

import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.RetryOrigin;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The attempts of one run numbered within their operations, for people who read the run. */
public final class RunAttempts {
  private static final Comparator<AgentSpan> ORDER =
      Comparator.comparingLong(AgentSpan::getEndMs).thenComparing(AgentSpan::getSpanId);

  private RunAttempts() {}

  /**
   * Where an attempt stands in its operation.
   *
   * @param number from 1; larger than its position when the agent declared so
   * @param of largest number of the operation
   * @param origin how it is known to be a retry, NONE when it is not
   */
  public record Place(int number, int of, RetryOrigin origin) {}

  /** Places of the tool and model attempts among distinct spans of one run, by span id. */
  public static Map<String, Place> of(Collection<AgentSpan> spans) {
    RunState run = new RunState("", Integer.MAX_VALUE);
    spans.stream()
        .sorted(ORDER)
        .map(span -> new SpanFact(span, span.getEndMs(), 0, 0, false))
        .forEach(fact -> run.insert(fact, (series, eventMs, arrivalMs) -> new WindowTotals()));
    Linker linker = new Linker();
    Map<String, Operation> operations = new HashMap<>();
    Map<Operation, Integer> largest = new HashMap<>();
    Map<String, Place> places = new LinkedHashMap<>();
    for (SpanFact fact : run.spans()) {
      if (run.link(fact) == null) {
        continue;
      }
      RetryOrigin origin = linker.next(fact).origin();
      Operation operation = latest(linker.operations(), fact);
      Integer declared = fact.span().getAttempt();
      int number = Math.max(operation.attempts(), declared == null ? 0 : declared);
      largest.merge(operation, number, Math::max);
      operations.put(fact.id(), operation);
      places.put(fact.id(), new Place(number, number, origin));
    }
    places.replaceAll(
        (id, place) -> new Place(place.number(), largest.get(operations.get(id)), place.origin()));
    return places;
  }

  private static Operation latest(List<Operation> operations, SpanFact fact) {
    int at = operations.size() - 1;
    while (!operations.get(at).last().id().equals(fact.id())) {
      at--;
    }
    return operations.get(at);
  }
}
