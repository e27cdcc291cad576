package dev.tidemark.app;

import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The spans of a run as an indented tree. Spans whose parent is missing, and those in a circle,
 * stand at the top; every span is printed exactly once.
 */
final class SpanTree {
  private static final Comparator<AgentSpan> BY_TIME =
      Comparator.comparingLong(SpanTree::startOrEnd).thenComparing(span -> span.getSpanId());

  private SpanTree() {}

  private record Place(AgentSpan span, int depth) {}

  static List<String> lines(AgentRun run, List<AgentSpan> spans) {
    var lines = new ArrayList<String>();
    lines.add("run " + Console.safe(run.getTraceId()));
    lines.add(
        "  agent "
            + Console.safe(run.getAgentName())
            + " "
            + Console.safe(run.getAgentVersion())
            + ", ended "
            + Instant.ofEpochMilli(run.getEndMs())
            + ", took "
            + (run.getDurationMs() == null
                ? "-"
                : Figures.span(Duration.ofMillis(run.getDurationMs()))));
    lines.add(
        "  outcome "
            + run.getOutcome()
            + (run.getSucceeded() == null ? "" : run.getSucceeded() ? ", succeeded" : ", failed")
            + (run.getSilentRecovery() ? " after silent recovery" : "")
            + "; "
            + run.getToolCalls()
            + " tool calls, "
            + run.getToolErrors()
            + " failed, "
            + run.getToolDenied()
            + " denied, "
            + run.getRetries()
            + " retries, cost "
            + Figures.money(run.getCostMicros(), run.getCostCurrency()));
    lines.addAll(tree(spans));
    return lines;
  }

  private static List<String> tree(List<AgentSpan> spans) {
    var byId = new HashMap<String, AgentSpan>();
    spans.forEach(span -> byId.putIfAbsent(span.getSpanId(), span));
    var children = new HashMap<String, List<AgentSpan>>();
    var roots = new ArrayList<AgentSpan>();
    for (AgentSpan span : byId.values()) {
      String parent = span.getParentSpanId();
      if (parent == null || !byId.containsKey(parent) || parent.equals(span.getSpanId())) {
        roots.add(span);
      } else {
        children.computeIfAbsent(parent, unused -> new ArrayList<>()).add(span);
      }
    }
    var table = Table.of("SPAN", "KIND", "OUTCOME", "TOOK>", "WHY");
    var seen = new HashSet<String>();
    roots.sort(BY_TIME);
    roots.forEach(root -> place(root, children, seen, table));
    byId.values().stream()
        .sorted(BY_TIME)
        .filter(span -> !seen.contains(span.getSpanId()))
        .forEach(span -> place(span, children, seen, table));
    return table.lines();
  }

  private static void place(
      AgentSpan root, Map<String, List<AgentSpan>> children, Set<String> seen, Table table) {
    Deque<Place> open = new ArrayDeque<>();
    open.push(new Place(root, 0));
    while (!open.isEmpty()) {
      Place place = open.pop();
      AgentSpan span = place.span();
      if (!seen.add(span.getSpanId())) {
        continue;
      }
      table.row(
          "  ".repeat(Math.min(place.depth(), 30)) + name(span),
          span.getKind(),
          span.getOutcome(),
          span.getDurationUs() == null ? "-" : Figures.micros(span.getDurationUs()),
          why(span));
      children.getOrDefault(span.getSpanId(), List.of()).stream()
          .sorted(BY_TIME.reversed())
          .forEach(child -> open.push(new Place(child, place.depth() + 1)));
    }
  }

  private static String name(AgentSpan span) {
    return span.getToolName() != null ? span.getToolName() : span.getName();
  }

  private static String why(AgentSpan span) {
    if (span.getPolicyRule() != null) {
      return "rule " + span.getPolicyRule();
    }
    return span.getErrorType() == null ? "" : span.getErrorType();
  }

  private static long startOrEnd(AgentSpan span) {
    return span.getStartMs() == null ? span.getEndMs() : span.getStartMs();
  }
}
