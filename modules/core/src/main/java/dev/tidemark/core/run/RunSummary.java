package dev.tidemark.core.run;

import dev.tidemark.core.hash.LongTable;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.SeriesTable.AgentScope;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/** Draws the summary of a run from its facts and links. */
final class RunSummary {
  private static final String TASK_SUCCESS = "task_success";

  private RunSummary() {}

  /**
   * What the run adds as a whole; null while it has neither a root nor been closed, and for traces
   * in which no span tells of an agent.
   */
  static RunVerdict verdict(RunState run) {
    SpanFact root = run.root();
    if ((root == null && !run.progress().closed()) || !run.tellsOfAgent()) {
      return null;
    }
    AgentScope voice = voice(run, root);
    Boolean succeeded = succeeded(run, root);
    return new RunVerdict(
        voice,
        root == null ? run.progress().closedAtMs : root.endMs,
        succeeded,
        Boolean.TRUE.equals(succeeded) && troubled(run),
        root != null && abnormal(root.outcome),
        escalated(run),
        run.linker().longestIdentical() >= run.loopLimit(),
        exhausted(run),
        RunUse.of(run, root));
  }

  private static AgentScope voice(RunState run, SpanFact root) {
    if (root != null) {
      return root.scope;
    }
    return run.spans().isEmpty() ? run.events().get(0).scope() : run.spans().get(0).scope;
  }

  private static boolean abnormal(Outcome outcome) {
    return outcome == Outcome.ERROR || outcome == Outcome.TIMEOUT || outcome == Outcome.CANCELLED;
  }

  private static Boolean succeeded(RunState run, SpanFact root) {
    for (int i = run.events().size() - 1; i >= 0; i--) {
      AgentEvent event = run.events().get(i).event();
      if (event.getType() == EventType.EVALUATION && TASK_SUCCESS.equals(event.getName())) {
        return event.getPassed();
      }
    }
    if (root == null || root.outcome == Outcome.UNKNOWN) {
      return null;
    }
    return root.ok();
  }

  private static boolean troubled(RunState run) {
    for (SpanFact fact : run.spans()) {
      if (fact.attempt() && fact.isTool() && (fact.troubled() || fact.retry())) {
        return true;
      }
    }
    return false;
  }

  private static boolean escalated(RunState run) {
    for (SpanFact fact : run.spans()) {
      if (fact.kind == SpanKind.HANDOFF) {
        return true;
      }
    }
    for (EventFact fact : run.events()) {
      if (fact.event().getType() == EventType.HANDOFF) {
        return true;
      }
    }
    return false;
  }

  private static int toolOperations(RunState run) {
    int operations = 0;
    for (Operation operation : run.linker().operations()) {
      operations += operation.first().isTool() ? 1 : 0;
    }
    return operations;
  }

  private static int exhausted(RunState run) {
    int exhausted = 0;
    for (Operation operation : run.linker().operations()) {
      exhausted += operation.first().isTool() && operation.last().troubled() ? 1 : 0;
    }
    return exhausted;
  }

  static AgentRun of(RunState run, int sourcePartition) {
    SpanFact root = run.root();
    AgentRun r = new AgentRun();
    context(r, run, root);
    r.setSourcePartition(sourcePartition);
    r.setSpanOffsets(offsets(run.spans(), fact -> fact.offset));
    r.setEventOffsets(offsets(run.events(), EventFact::offset));
    times(r, run, root);
    r.setRevision(run.progress().published);
    r.setClosedBy(run.closedBy());
    r.setRootMissing(root == null);
    r.setDuplicates(run.progress().duplicates);
    r.setConflicts(run.progress().conflicts);
    r.setTruncated(run.progress().truncated);
    r.setOutcome(root == null ? Outcome.UNKNOWN : root.outcome);
    r.setEndReason(root == null ? null : root.errorType);
    Boolean succeeded = succeeded(run, root);
    r.setSucceeded(succeeded);
    r.setSilentRecovery(Boolean.TRUE.equals(succeeded) && troubled(run));
    r.setSpans(run.spans().size());
    r.setEvents(run.events().size());
    r.setExhaustedOperations(exhausted(run));
    r.setDeniedThenReached(deniedThenReached(run));
    r.setLongestIdentical(run.linker().longestIdentical());
    r.setLooping(run.linker().longestIdentical() >= run.loopLimit());
    r.setOperations(toolOperations(run));
    r.setCriticalPath(criticalPath(run, root));
    new RunTally(r).count(run);
    return r;
  }

  private static void context(AgentRun r, RunState run, SpanFact root) {
    r.setTraceId(run.traceId());
    TreeSet<String> models = new TreeSet<>();
    TreeMap<String, String> tools = new TreeMap<>();
    for (SpanFact fact : run.spans()) {
      if (fact.isModel() && !fact.name().equals(Series.UNKNOWN)) {
        models.add(fact.name());
      }
      if (fact.isTool()) {
        String version = fact.subject.series().toolVersion();
        tools.merge(fact.name(), version, (a, b) -> a.compareTo(b) >= 0 ? a : b);
      }
      if (r.getPromptVersion() == null) {
        r.setPromptVersion(fact.promptVersion);
      }
    }
    r.setModels(new ArrayList<>(models));
    r.setToolVersions(tools);
    SpanFact voice = root != null ? root : run.spans().isEmpty() ? null : run.spans().get(0);
    Series.Scope scope = voice(run, root).scope();
    r.setTenant(scope.tenant());
    r.setEnvironment(scope.environment());
    r.setAgentName(scope.agentName());
    boolean told = !scope.agentVersion().equals(Series.UNKNOWN);
    r.setAgentVersion(told ? scope.agentVersion() : null);
    if (voice != null) {
      r.setRunId(voice.runId);
      r.setConversationId(conversation(run, voice));
    } else {
      AgentEvent event = run.events().get(0).event();
      r.setRunId(event.getRunId());
      r.setConversationId(event.getConversationId());
    }
  }

  /** As the root tells it, else the first span that does. */
  private static String conversation(RunState run, SpanFact voice) {
    if (voice.conversationId != null) {
      return voice.conversationId;
    }
    for (SpanFact fact : run.spans()) {
      if (fact.conversationId != null) {
        return fact.conversationId;
      }
    }
    return null;
  }

  private static void times(AgentRun r, RunState run, SpanFact root) {
    long start = root == null ? SpanFact.NONE : root.startMs;
    for (SpanFact fact : run.spans()) {
      if (fact.startMs != SpanFact.NONE) {
        start = start == SpanFact.NONE ? fact.startMs : Math.min(start, fact.startMs);
      }
    }
    r.setStartMs(start == SpanFact.NONE ? null : Long.valueOf(start));
    r.setEndMs(root == null ? Math.max(0, run.lastMs()) : root.endMs);
    if (root != null && root.durationUs >= 0) {
      r.setDurationMs(root.durationUs / 1000);
    } else if (root != null && root.startMs != SpanFact.NONE) {
      r.setDurationMs(Math.max(0, root.endMs - root.startMs));
    }
  }

  /** The first offset, then each less the one before. */
  private static <T> List<Long> offsets(List<T> facts, ToLongFunction<T> offset) {
    long[] ascending = new long[facts.size()];
    for (int i = 0; i < ascending.length; i++) {
      ascending[i] = offset.applyAsLong(facts.get(i));
    }
    Arrays.sort(ascending);
    List<Long> deltas = new ArrayList<>(ascending.length);
    long previous = 0;
    for (long at : ascending) {
      deltas.add(at - previous);
      previous = at;
    }
    return deltas;
  }

  private static int deniedThenReached(RunState run) {
    List<Operation> waiting = new ArrayList<>();
    int reached = 0;
    for (Operation operation : run.linker().operations()) {
      if (!operation.first().isTool()) {
        continue;
      }
      if (operation.last().ok()) {
        int before = waiting.size();
        waiting.removeIf(d -> reachedBy(d, operation));
        reached += before - waiting.size();
      } else if (operation.last().denied()) {
        waiting.add(operation);
      }
    }
    return reached;
  }

  private static boolean reachedBy(Operation denied, Operation later) {
    return denied.first().actor == later.first().actor
        && denied.first().target != later.first().target;
  }

  private static List<String> criticalPath(RunState run, SpanFact root) {
    List<String> path = new ArrayList<>();
    if (root == null) {
      return path;
    }
    LongTable<SpanFact> lastChild = new LongTable<>();
    for (SpanFact fact : run.spans()) {
      if (fact.parentId != 0) {
        lastChild.put(fact.parentId, fact);
      }
    }
    for (SpanFact at = root;
        at != null && path.size() < run.spans().size();
        at = lastChild.get(at.id)) {
      path.add(at.idText());
    }
    return path;
  }
}
