package dev.tidemark.streams.observe;

import dev.tidemark.core.cost.Price;
import dev.tidemark.core.cost.PriceBook;
import dev.tidemark.core.hash.Hash64;
import dev.tidemark.core.run.Enforcement;
import dev.tidemark.core.run.SpanDraft;
import dev.tidemark.core.run.SpanFact;
import dev.tidemark.core.run.SpanFacts;
import dev.tidemark.core.run.Usage;
import dev.tidemark.core.time.ArrivalPolicy.Verdict;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.core.window.SeriesTable.AgentScope;
import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.streams.topology.Counts;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.FlatRecord;
import dev.tidemark.wire.FlatRecords;
import dev.tidemark.wire.RecordFormatException;
import org.apache.kafka.common.header.Headers;

/**
 * Reads spans field by field and checks them; what cannot be used is refused with a reason. Names
 * are found by their bytes, so a span of known names allocates little more than the fact it
 * becomes.
 */
final class SpanIntake {
  private static final long LONGEST_US = 366L * 86_400 * 1_000_000;
  private static final int LARGEST_ATTEMPT = 1_000_000;
  private static final SpanKind[] KINDS = SpanKind.values();
  private static final Outcome[] OUTCOMES = Outcome.values();
  private static final Actor[] ACTORS = Actor.values();
  private static final HumanDecision[] DECISIONS = HumanDecision.values();
  private static final dev.tidemark.records.Verdict[] VERDICTS =
      dev.tidemark.records.Verdict.values();

  private final FlatRecords<AgentSpan> records;
  private final SpanFields at;
  private final PriceBook prices;
  private final Arrivals arrivals;
  private final SeriesTable table;
  private final Counts counts;
  private final TextCache texts = new TextCache(4_096);
  private final SpanDraft draft = new SpanDraft();
  private long traceHigh;
  private long traceLow;

  SpanIntake(
      AvroSerdes serdes, PriceBook prices, Arrivals arrivals, SeriesTable table, Counts counts) {
    this.prices = prices;
    this.records = new FlatRecords<>(serdes, AgentSpan.class);
    this.at = new SpanFields(records);
    this.arrivals = arrivals;
    this.table = table;
    this.counts = counts;
  }

  /**
   * The span in {@code value}, or null when it is expired and changes nothing.
   *
   * @param arrivalMs what the record says
   * @param causeMs the latest arrival of its topic so far
   */
  SpanFact span(
      String topic, Headers headers, byte[] value, long arrivalMs, long causeMs, long offset)
      throws Refused {
    FlatRecord r = read(topic, headers, value);
    traceHigh = Hex.id(r, at.traceId, 0, "trace id", 32);
    traceLow = Hex.id(r, at.traceId, 16, "trace id", 32);
    if ((traceHigh | traceLow) == 0) {
      throw Hex.bad("trace id", 32);
    }
    SpanDraft d = draft;
    d.id = Hex.id(r, at.spanId, 0, "span id", 16);
    if (d.id == 0) {
      throw Hex.bad("span id", 16);
    }
    long parent = Hex.loose(r, at.parentSpanId);
    d.parentId = parent == d.id ? 0 : parent;
    Verdict verdict = arrivals.judge(r.number(at.endMs), arrivalMs);
    if (verdict == Verdict.EXPIRED) {
      return null;
    }
    d.late = verdict == Verdict.LATE;
    d.endMs = Math.min(r.number(at.endMs), arrivalMs);
    d.arrivalMs = causeMs;
    d.offset = offset;
    d.hash = Hash64.of(value, Math.min(5, value.length), value.length);
    d.kind = KINDS[(int) r.number(at.kind)];
    d.outcome = OUTCOMES[(int) r.number(at.outcome)];
    d.actor = ACTORS[(int) r.number(at.actor)];
    times(r, d);
    d.callId = hash(r, at.toolCallId);
    d.argumentsHash = hash(r, at.argumentsHash);
    d.retryOf = r.has(at.retryOfSpanId);
    d.attempt = attempt(r);
    d.errorType = text(r, at.errorType);
    d.runId = text(r, at.runId);
    d.conversationId = text(r, at.conversationId);
    d.promptVersion = text(r, at.promptVersion);
    d.scope = scope(r);
    subject(r, d);
    d.enforcement = enforcement(r, d.scope);
    return new SpanFact(d);
  }

  /** High half of the trace id of the span read last. */
  long traceHigh() {
    return traceHigh;
  }

  /** Low half of it. */
  long traceLow() {
    return traceLow;
  }

  private FlatRecord read(String topic, Headers headers, byte[] value) throws Refused {
    try {
      return records.read(topic, headers, value);
    } catch (RecordFormatException e) {
      throw new Refused(e.reason().name(), e.getMessage());
    }
  }

  private void times(FlatRecord r, SpanDraft d) {
    d.durationUs = r.number(at.durationUs, -1);
    if (r.has(at.durationUs) && (d.durationUs < 0 || d.durationUs > LONGEST_US)) {
      counts.record(d.durationUs < 0 ? "negative-duration" : "duration-range");
      d.durationUs = -1;
    }
    d.startMs = r.number(at.startMs, SpanFact.NONE);
    if (r.has(at.startMs) && d.startMs > d.endMs) {
      counts.record("negative-duration");
      d.startMs = SpanFact.NONE;
    }
  }

  private int attempt(FlatRecord r) {
    long attempt = r.number(at.attempt, 0);
    if (r.has(at.attempt) && (attempt < 1 || attempt > LARGEST_ATTEMPT)) {
      counts.record("attempt-range");
      return 0;
    }
    return (int) attempt;
  }

  private AgentScope scope(FlatRecord r) {
    int from = lead(r, at.tenant);
    int to = r.has(at.agentVersion) ? r.end(at.agentVersion) : r.end(at.agentName);
    AgentScope known = table.scope(r.bytes(), from, to);
    if (known != null) {
      return known;
    }
    Series.Scope names =
        Naming.scope(
            r.text(at.tenant),
            r.text(at.environment),
            r.text(at.agentName),
            r.text(at.agentVersion));
    return table.scope(r.bytes(), from, to, names);
  }

  private void subject(FlatRecord r, SpanDraft d) {
    d.subject = null;
    d.usage = null;
    d.target = 0;
    if (d.kind == SpanKind.LLM) {
      d.target = r.has(at.modelName) ? hash(r, at.modelName) : 1;
      d.subject = model(r, d.scope);
      d.usage = usage(r);
    } else if (r.has(at.toolName) && (d.kind == SpanKind.TOOL || d.kind == SpanKind.RETRIEVAL)) {
      d.target = hash(r, at.toolName);
      d.subject = tool(r, d.scope);
    }
  }

  /** Name and version stand side by side in the record, so one stretch of bytes names both. */
  private SeriesNode tool(FlatRecord r, AgentScope scope) {
    int from = lead(r, at.toolName);
    int to = r.has(at.toolVersion) ? r.end(at.toolVersion) : r.end(at.toolName) + 1;
    SeriesNode known = scope.tool(r.bytes(), from, to);
    return known != null
        ? known
        : scope.tool(
            r.bytes(),
            from,
            to,
            Naming.name(r.text(at.toolName)),
            Naming.version(r.text(at.toolVersion)));
  }

  private SeriesNode model(FlatRecord r, AgentScope scope) {
    if (!r.has(at.modelName)) {
      return scope.node(scope.scope().model(Series.UNKNOWN, r.text(at.modelBackend)));
    }
    int from = lead(r, at.modelName);
    int to = r.has(at.modelBackend) ? r.end(at.modelBackend) : r.end(at.modelName) + 1;
    SeriesNode known = scope.model(r.bytes(), from, to);
    return known != null
        ? known
        : scope.model(
            r.bytes(),
            from,
            to,
            Naming.name(r.text(at.modelName)),
            Naming.version(r.text(at.modelBackend)));
  }

  private Usage usage(FlatRecord r) {
    long input = amount(r, at.inputTokens);
    long output = amount(r, at.outputTokens);
    long read = amount(r, at.cacheReadTokens);
    long write = amount(r, at.cacheWriteTokens);
    long reasoning = amount(r, at.reasoningTokens);
    long cost = amount(r, at.costMicros);
    String currency = r.has(at.costCurrency) ? text(r, at.costCurrency) : "USD";
    if (cost < 0 && prices.size() > 0 && r.has(at.modelName)) {
      Price price = prices.find(text(r, at.modelProvider), text(r, at.modelName));
      if (price != null) {
        cost = price.micros(input, output, read, write, reasoning);
        currency = price.currency();
      }
    }
    return new Usage(input, output, read, write, reasoning, cost, currency);
  }

  private long amount(FlatRecord r, int field) {
    if (!r.has(field)) {
      return -1;
    }
    long value = r.number(field);
    if (value < 0 || value > Long.MAX_VALUE / 1_000_000) {
      counts.record(value < 0 ? "negative-amount" : "amount-range");
      return -1;
    }
    return value;
  }

  private Enforcement enforcement(FlatRecord r, AgentScope scope) {
    boolean said =
        r.has(at.policyRule)
            || r.has(at.verdict)
            || r.has(at.humanDecision)
            || r.has(at.decisionRequestedMs)
            || r.has(at.decisionDecidedMs)
            || r.has(at.decisionId);
    if (!said) {
      return Enforcement.NONE;
    }
    String rule = r.has(at.policyRule) ? Naming.name(text(r, at.policyRule)) : null;
    return new Enforcement(
        rule == null ? null : scope.node(scope.scope().policy(rule)),
        rule,
        r.has(at.policyVersion)
            ? SpanFacts.version(
                scope.scope(), rule, text(r, at.policyId), text(r, at.policyVersion))
            : null,
        r.has(at.verdict) ? VERDICTS[(int) r.number(at.verdict)] : null,
        r.has(at.humanDecision) ? DECISIONS[(int) r.number(at.humanDecision)] : null,
        r.number(at.decisionRequestedMs, -1),
        r.number(at.decisionDecidedMs, -1),
        hash(r, at.decisionId));
  }

  /** Where the length of a string stands: with it, stretches of several strings are unambiguous. */
  private static int lead(FlatRecord r, int field) {
    int length = r.length(field);
    return r.start(field) - (length < 64 ? 1 : length < 8_192 ? 2 : 3);
  }

  private String text(FlatRecord r, int field) {
    return r.has(field) ? texts.of(r.bytes(), r.start(field), r.end(field)) : null;
  }

  private static long hash(FlatRecord r, int field) {
    return r.has(field) ? Hash64.of(r.bytes(), r.start(field), r.end(field)) : 0;
  }
}
