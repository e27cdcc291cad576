package dev.tidemark.core.run;

import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.SeriesTable.AgentScope;
import dev.tidemark.records.Actor;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.RetryOrigin;
import dev.tidemark.records.SpanKind;

/**
 * A span as its run keeps it: what linking, counting and summing up need, names as references to
 * what the task knows already. Ordered by end, then span id: every span that can change how this
 * one is classified ends no later, so a window is final once its end is behind the watermark. Times
 * are milliseconds since the epoch.
 */
public final class SpanFact implements Comparable<SpanFact> {
  /** A time or an id that is not known. */
  public static final long NONE = Long.MIN_VALUE;

  final long id;
  final long parentId;
  final long startMs;
  final long endMs;
  final long arrivalMs;
  final long offset;
  final long hash;
  final long durationUs;
  final long target;
  final long callId;
  final long argumentsHash;
  final int attempt;
  final boolean retryOf;
  final boolean late;
  final SpanKind kind;
  final Outcome outcome;
  final Actor actor;
  final AgentScope scope;
  final SeriesNode subject;
  final String errorType;
  final Usage usage;
  final String runId;
  final String conversationId;
  final String promptVersion;

  /** With the rule that denied it, which another record may have named; set by the run. */
  Enforcement enforcement;

  /** How the attempt is linked; see {@link Links}. Set by the run. */
  int links;

  /** A span as drafted. */
  public SpanFact(SpanDraft d) {
    id = d.id;
    parentId = d.parentId;
    startMs = d.startMs;
    endMs = d.endMs;
    arrivalMs = d.arrivalMs;
    offset = d.offset;
    hash = d.hash;
    durationUs = d.durationUs;
    target = d.target;
    callId = d.callId;
    argumentsHash = d.argumentsHash;
    attempt = d.attempt;
    retryOf = d.retryOf;
    late = d.late;
    kind = d.kind;
    outcome = d.outcome;
    actor = d.actor;
    scope = d.scope;
    subject = d.subject;
    errorType = d.errorType;
    usage = d.usage;
    enforcement = d.enforcement;
    runId = d.runId;
    conversationId = d.conversationId;
    promptVersion = d.promptVersion;
  }

  /** The same span, not linked. */
  SpanFact(SpanFact o) {
    id = o.id;
    parentId = o.parentId;
    startMs = o.startMs;
    endMs = o.endMs;
    arrivalMs = o.arrivalMs;
    offset = o.offset;
    hash = o.hash;
    durationUs = o.durationUs;
    target = o.target;
    callId = o.callId;
    argumentsHash = o.argumentsHash;
    attempt = o.attempt;
    retryOf = o.retryOf;
    late = o.late;
    kind = o.kind;
    outcome = o.outcome;
    actor = o.actor;
    scope = o.scope;
    subject = o.subject;
    errorType = o.errorType;
    usage = o.usage;
    enforcement = o.told();
    runId = o.runId;
    conversationId = o.conversationId;
    promptVersion = o.promptVersion;
  }

  /** Time of arrival. */
  public long arrivalMs() {
    return arrivalMs;
  }

  /** Its place in the partition of agent-spans. */
  public long offset() {
    return offset;
  }

  /** End. */
  public long endMs() {
    return endMs;
  }

  /** Start as far as it is known, else the end. */
  long beginMs() {
    if (startMs != NONE) {
      return startMs;
    }
    return durationUs < 0 ? endMs : endMs - durationUs / 1000;
  }

  /** What the span itself tells of policies and people. */
  Enforcement told() {
    return (links & Links.RULED) == 0 ? enforcement : enforcement.by(null, null);
  }

  /** Takes over which rule denied it; null when nobody says. */
  void ruledBy(String rule) {
    SeriesNode policy = rule == null ? null : scope.node(scope.scope().policy(rule));
    enforcement = enforcement.by(policy, rule);
  }

  /** Who acted. */
  public AgentScope scope() {
    return scope;
  }

  /** Span id as 16 hex digits. */
  String idText() {
    return hex(id);
  }

  static String hex(long id) {
    String digits = Long.toHexString(id);
    return "0".repeat(16 - digits.length()) + digits;
  }

  boolean isTool() {
    return subject != null && kind != SpanKind.LLM;
  }

  boolean isModel() {
    return kind == SpanKind.LLM;
  }

  /** Name of the tool or model the attempt is about. */
  String name() {
    return subject.series().name();
  }

  boolean failed() {
    return outcome == Outcome.ERROR || outcome == Outcome.TOOL_ERROR || outcome == Outcome.TIMEOUT;
  }

  boolean denied() {
    return outcome == Outcome.DENIED;
  }

  boolean troubled() {
    return failed() || denied();
  }

  boolean ok() {
    return outcome == Outcome.OK;
  }

  String errorClass() {
    return errorType == null ? Series.UNKNOWN : errorType;
  }

  String deniedBy() {
    return enforcement.rule() == null ? Series.UNKNOWN : enforcement.rule();
  }

  boolean attempt() {
    return (links & Links.ATTEMPT) != 0;
  }

  boolean retry() {
    return Links.retry(links);
  }

  RetryOrigin origin() {
    return Links.origin(links);
  }

  @Override
  public int compareTo(SpanFact other) {
    int byEnd = Long.compare(endMs, other.endMs);
    return byEnd != 0 ? byEnd : Long.compareUnsigned(id, other.id);
  }
}
