package dev.tidemark.core.run;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EventType;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Draws the summary of a run from its facts and links. */
final class RunSummary {
  private static final String TASK_SUCCESS = "task_success";

  private RunSummary() {}

  /** What the run adds as a whole; null while it has neither a root nor been closed. */
  static RunVerdict verdict(RunState run) {
    SpanFact root = run.root();
    Long closedAt = run.progress().closedAtMs();
    if ((root == null && closedAt == null) || run.spans().isEmpty()) {
      return null;
    }
    SpanFact voice = root == null ? run.spans().get(0) : root;
    Boolean succeeded = succeeded(run, root);
    return new RunVerdict(
        voice.scope(),
        run.traceId(),
        voice.id(),
        root == null ? closedAt : root.endMs(),
        succeeded,
        Boolean.TRUE.equals(succeeded) && troubled(run),
        root != null && abnormal(root.span().getOutcome()),
        escalated(run),
        run.linker().longestIdentical() >= run.loopLimit(),
        exhausted(run));
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
    if (root == null || root.span().getOutcome() == Outcome.UNKNOWN) {
      return null;
    }
    return root.ok();
  }

  private static boolean troubled(RunState run) {
    for (SpanFact fact : run.spans()) {
      Link link = run.link(fact);
      if (link != null && fact.isTool() && (fact.troubled() || link.retry())) {
        return true;
      }
    }
    return false;
  }

  private static boolean escalated(RunState run) {
    return run.spans().stream().anyMatch(f -> f.span().getKind() == SpanKind.HANDOFF)
        || run.events().stream().anyMatch(f -> f.event().getType() == EventType.HANDOFF);
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
    r.setSpanOffsets(deltas(run.spans().stream().map(SpanFact::offset).sorted().toList()));
    r.setEventOffsets(deltas(run.events().stream().map(EventFact::offset).sorted().toList()));
    times(r, run, root);
    r.setRevision(run.progress().published());
    r.setClosedBy(run.closedBy());
    r.setRootMissing(root == null);
    r.setDuplicates(run.progress().duplicates());
    r.setConflicts(run.progress().conflicts());
    r.setTruncated(run.progress().truncated());
    r.setOutcome(root == null ? Outcome.UNKNOWN : root.span().getOutcome());
    r.setEndReason(root == null ? null : root.span().getErrorType());
    Boolean succeeded = succeeded(run, root);
    r.setSucceeded(succeeded);
    r.setSilentRecovery(Boolean.TRUE.equals(succeeded) && troubled(run));
    r.setSpans(run.spans().size());
    r.setEvents(run.events().size());
    r.setExhaustedOperations(exhausted(run));
    r.setDeniedThenReached(deniedThenReached(run));
    r.setLongestIdentical(run.linker().longestIdentical());
    r.setLooping(run.linker().longestIdentical() >= run.loopLimit());
    r.setOperations(
        (int) run.linker().operations().stream().filter(o -> o.first().isTool()).count());
    r.setCriticalPath(criticalPath(run, root));
    new RunTally(r).count(run);
    return r;
  }

  private static void context(AgentRun r, RunState run, SpanFact root) {
    r.setTraceId(run.traceId());
    r.setTenant("default");
    r.setEnvironment("default");
    r.setAgentName("unknown");
    TreeSet<String> models = new TreeSet<>();
    TreeMap<String, String> tools = new TreeMap<>();
    for (SpanFact fact : run.spans()) {
      AgentSpan span = fact.span();
      if (span.getModelName() != null && fact.isModel()) {
        models.add(span.getModelName());
      }
      if (fact.isTool()) {
        String version = span.getToolVersion() == null ? "unknown" : span.getToolVersion();
        tools.merge(span.getToolName(), version, (a, b) -> a.compareTo(b) >= 0 ? a : b);
      }
      if (r.getPromptVersion() == null) {
        r.setPromptVersion(span.getPromptVersion());
      }
    }
    r.setModels(new ArrayList<>(models));
    r.setToolVersions(tools);
    SpanFact voice = root != null ? root : run.spans().isEmpty() ? null : run.spans().get(0);
    if (voice != null) {
      AgentSpan span = voice.span();
      r.setRunId(span.getRunId());
      r.setConversationId(span.getConversationId());
      r.setTenant(span.getTenant());
      r.setEnvironment(span.getEnvironment());
      r.setAgentName(span.getAgentName());
      r.setAgentVersion(span.getAgentVersion());
    } else if (!run.events().isEmpty()) {
      AgentEvent event = run.events().get(0).event();
      r.setRunId(event.getRunId());
      r.setConversationId(event.getConversationId());
      r.setTenant(event.getTenant());
      r.setEnvironment(event.getEnvironment());
      r.setAgentName(event.getAgentName());
      r.setAgentVersion(event.getAgentVersion());
    }
  }

  private static void times(AgentRun r, RunState run, SpanFact root) {
    Long start = root == null ? null : root.span().getStartMs();
    for (SpanFact fact : run.spans()) {
      Long own = fact.span().getStartMs();
      start = start == null ? own : own == null ? start : Long.valueOf(Math.min(start, own));
    }
    r.setStartMs(start);
    r.setEndMs(root == null ? Math.max(0, run.lastMs()) : root.endMs());
    if (root != null && root.span().getDurationUs() != null) {
      r.setDurationMs(root.span().getDurationUs() / 1000);
    } else if (root != null && root.span().getStartMs() != null) {
      r.setDurationMs(Math.max(0, root.endMs() - root.span().getStartMs()));
    }
  }

  private static List<Long> deltas(List<Long> ascending) {
    List<Long> deltas = new ArrayList<>(ascending.size());
    long previous = 0;
    for (long offset : ascending) {
      deltas.add(offset - previous);
      previous = offset;
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
    return denied.first().actor() == later.first().actor()
        && !denied.first().target().equals(later.first().target());
  }

  private static List<String> criticalPath(RunState run, SpanFact root) {
    if (root == null) {
      return new ArrayList<>();
    }
    Map<String, SpanFact> lastChild = new HashMap<>();
    for (SpanFact fact : run.spans()) {
      if (fact.span().getParentSpanId() != null) {
        lastChild.put(fact.span().getParentSpanId(), fact);
      }
    }
    List<String> path = new ArrayList<>();
    for (SpanFact at = root;
        at != null && path.size() < run.spans().size();
        at = lastChild.get(at.id())) {
      path.add(at.id());
    }
    return path;
  }
}
