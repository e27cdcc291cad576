package dev.tidemark.core.run;

import dev.tidemark.core.window.SeriesTable;
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
    RunState run = new RunState(0, 0, Integer.MAX_VALUE);
    SeriesTable table = new SeriesTable(Integer.MAX_VALUE);
    long[] offset = {0};
    spans.stream()
        .sorted(ORDER)
        .map(span -> SpanFacts.of(span, span.getEndMs(), offset[0]++, 0, false, table))
        .forEach(fact -> run.insert(fact, Nowhere.WINDOWS));
    run.settle(Nowhere.WINDOWS);
    Linker linker = new Linker();
    Map<Long, Operation> operations = new HashMap<>();
    Map<Operation, Integer> largest = new HashMap<>();
    Map<String, Place> places = new LinkedHashMap<>();
    Map<Long, String> ids = new HashMap<>();
    spans.forEach(span -> ids.putIfAbsent(SpanFacts.id(span.getSpanId()), span.getSpanId()));
    for (SpanFact fact : run.spans()) {
      if (!fact.attempt()) {
        continue;
      }
      RetryOrigin origin = Links.origin(linker.next(fact));
      Operation operation = latest(linker.operations(), fact);
      int number = Math.max(operation.attempts(), fact.attempt);
      largest.merge(operation, number, Math::max);
      operations.put(fact.id, operation);
      places.put(ids.get(fact.id), new Place(number, number, origin));
    }
    places.replaceAll(
        (id, place) ->
            new Place(
                place.number(), largest.get(operations.get(SpanFacts.id(id))), place.origin()));
    return places;
  }

  private static Operation latest(List<Operation> operations, SpanFact fact) {
    int at = operations.size() - 1;
    while (operations.get(at).last().id != fact.id) {
      at--;
    }
    return operations.get(at);
  }
}
