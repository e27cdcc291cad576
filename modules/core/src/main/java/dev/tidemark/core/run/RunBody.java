package dev.tidemark.core.run;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.SeriesTable.AgentScope;
import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One run in a block: its progress, its spans in order, its events; links are found again. */
final class RunBody {
  private static final SpanKind[] KINDS = SpanKind.values();
  private static final Outcome[] OUTCOMES = Outcome.values();
  private static final Actor[] ACTORS = Actor.values();
  private static final Verdict[] VERDICTS = Verdict.values();
  private static final HumanDecision[] DECISIONS = HumanDecision.values();
  private static final int TRUNCATED = 1;
  private static final int UNPUBLISHED = 2;
  private static final int CLOSED = 4;
  private static final int JUDGED = 8;
  private static final int LOOPED = 16;
  private static final int LATE = 1;
  private static final int RETRY_OF = 2;
  private static final int STARTED = 4;
  private static final int CALLED = 8;
  private static final int ARGUMENTS = 16;
  private static final int USED = 32;
  private static final int ENFORCED = 64;
  private static final int TOLD = 128;

  private final RunBlock.EventCodec events;
  private final SpanDraft draft = new SpanDraft();

  RunBody(RunBlock.EventCodec events) {
    this.events = events;
  }

  void write(ByteWriter out, RunState run, RunBlock.Names names) {
    RunProgress p = run.progress();
    out.one(
        bit(p.truncated, TRUNCATED)
            | bit(p.unpublished, UNPUBLISHED)
            | bit(p.closed(), CLOSED)
            | bit(p.verdict != null, JUDGED)
            | bit(p.looped(), LOOPED));
    out.unsigned(p.duplicates).unsigned(p.conflicts).unsigned(p.published);
    if (p.closed()) {
      out.fixed(p.closedAtMs);
    }
    if (p.verdict != null) {
      verdict(out, p.verdict, names);
    }
    if (p.looped()) {
      loops(out, p.loops(), names);
    }
    out.unsigned(run.spans().size());
    long end = 0;
    for (SpanFact span : run.spans()) {
      span(out, span, end, names);
      end = span.endMs;
    }
    out.unsigned(run.events().size());
    for (EventFact event : run.events()) {
      out.fixed(event.arrivalMs()).fixed(event.offset()).fixed(event.hash());
      out.one(event.late() ? 1 : 0).unsigned(names.scope(event.scope()));
      byte[] body = events.write(event);
      out.number(body.length).raw(body);
    }
  }

  void read(ByteReader in, RunState run, RunBlock.Reader names) {
    int flags = in.one();
    RunProgress p = run.progress();
    int duplicates = (int) in.unsigned();
    int conflicts = (int) in.unsigned();
    int published = (int) in.unsigned();
    long closedAt = (flags & CLOSED) != 0 ? in.fixed() : SpanFact.NONE;
    RunVerdict verdict = (flags & JUDGED) != 0 ? verdict(in, names) : null;
    if ((flags & LOOPED) != 0) {
      loops(in, p.loops(), names);
    }
    long end = 0;
    for (long n = in.unsigned(); n > 0; n--) {
      SpanFact span = span(in, end, names);
      end = span.endMs;
      run.insert(span, Nowhere.WINDOWS);
    }
    List<EventFact> read = new ArrayList<>();
    for (long n = in.unsigned(); n > 0; n--) {
      long arrival = in.fixed();
      long offset = in.fixed();
      long hash = in.fixed();
      boolean late = in.one() == 1;
      AgentScope scope = names.scope(in.unsigned());
      int length = in.length();
      AgentEvent event = events.read(in.source(), in.position(), length);
      in.skip(length);
      read.add(new EventFact(event, arrival, offset, hash, late, scope));
    }
    Collections.sort(read);
    read.forEach(event -> run.insert(event, Nowhere.WINDOWS));
    run.settle(Nowhere.WINDOWS);
    p.duplicates = duplicates;
    p.conflicts = conflicts;
    p.published = published;
    p.truncated = (flags & TRUNCATED) != 0;
    p.unpublished = (flags & UNPUBLISHED) != 0;
    p.closedAtMs = closedAt;
    p.verdict = verdict;
  }

  private static void verdict(ByteWriter out, RunVerdict v, RunBlock.Names names) {
    int succeeded = v.succeeded() == null ? 2 : v.succeeded() ? 1 : 0;
    out.unsigned(names.scope(v.scope())).fixed(v.endMs()).one(succeeded);
    out.one(
        bit(v.recovered(), 1) | bit(v.abnormal(), 2) | bit(v.escalated(), 4) | bit(v.looping(), 8));
    out.unsigned(v.exhausted());
    RunUse use = v.use();
    out.unsigned(use.steps()).unsigned(use.modelSteps());
    out.number(use.durationUs()).number(use.costMicros()).unsigned(use.parts().size());
    for (RunUse.Part part : use.parts()) {
      out.unsigned(names.text(part.name())).unsigned(part.calls());
    }
  }

  private static RunVerdict verdict(ByteReader in, RunBlock.Reader names) {
    AgentScope scope = names.scope(in.unsigned());
    long end = in.fixed();
    int succeeded = in.one();
    int flags = in.one();
    return new RunVerdict(
        scope,
        end,
        succeeded == 2 ? null : Boolean.valueOf(succeeded == 1),
        (flags & 1) != 0,
        (flags & 2) != 0,
        (flags & 4) != 0,
        (flags & 8) != 0,
        (int) in.unsigned(),
        use(in, names));
  }

  private static RunUse use(ByteReader in, RunBlock.Reader names) {
    int steps = (int) in.unsigned();
    int modelSteps = (int) in.unsigned();
    long durationUs = in.number();
    long costMicros = in.number();
    List<RunUse.Part> parts = new ArrayList<>();
    for (long n = in.unsigned(); n > 0; n--) {
      parts.add(new RunUse.Part(names.text(in.unsigned()), (int) in.unsigned()));
    }
    return new RunUse(steps, modelSteps, durationUs, costMicros, parts);
  }

  private static void loops(ByteWriter out, RunLoops loops, RunBlock.Names names) {
    out.unsigned(loops.closed()).unsigned(loops.told().size());
    for (RunLoop loop : loops.told()) {
      out.one(loop.kind().number()).unsigned(names.scope(loop.scope()));
      out.unsigned(names.subject(loop.subject())).unsigned(loop.calls());
      out.fixed(loop.startMs()).fixed(loop.endMs());
    }
  }

  private static void loops(ByteReader in, RunLoops loops, RunBlock.Reader names) {
    loops.closed((int) in.unsigned());
    for (long n = in.unsigned(); n > 0; n--) {
      LoopKind kind = LoopKind.of(in.one());
      AgentScope scope = names.scope(in.unsigned());
      SeriesNode subject = names.subject(scope, in.unsigned());
      int calls = (int) in.unsigned();
      loops.tell(new RunLoop(kind, scope, subject, calls, in.fixed(), in.fixed()));
    }
  }

  private static void span(ByteWriter out, SpanFact s, long previousEnd, RunBlock.Names names) {
    Enforcement e = s.told();
    boolean enforced = !e.equals(Enforcement.NONE);
    boolean told = s.runId != null || s.conversationId != null || s.promptVersion != null;
    out.one(
        bit(s.late, LATE)
            | bit(s.retryOf, RETRY_OF)
            | bit(s.startMs != SpanFact.NONE, STARTED)
            | bit(s.callId != 0, CALLED)
            | bit(s.argumentsHash != 0, ARGUMENTS)
            | bit(s.usage != null, USED)
            | bit(enforced, ENFORCED)
            | bit(told, TOLD));
    out.fixed(s.id).fixed(s.parentId).fixed(s.hash).number(s.endMs - previousEnd);
    out.number(s.arrivalMs - s.endMs).unsigned(s.offset).number(s.durationUs).number(s.attempt);
    out.one(s.kind.compareTo(KINDS[0]));
    out.one(s.outcome.compareTo(OUTCOMES[0]));
    out.one(s.actor.compareTo(ACTORS[0]));
    out.unsigned(names.scope(s.scope)).unsigned(names.subject(s.subject));
    out.unsigned(names.text(s.errorType));
    if (s.subject != null) {
      out.fixed(s.target);
    }
    if (s.startMs != SpanFact.NONE) {
      out.number(s.endMs - s.startMs);
    }
    if (s.callId != 0) {
      out.fixed(s.callId);
    }
    if (s.argumentsHash != 0) {
      out.fixed(s.argumentsHash);
    }
    if (s.usage != null) {
      Usage u = s.usage;
      out.number(u.input()).number(u.output()).number(u.cacheRead()).number(u.cacheWrite());
      out.number(u.reasoning()).number(u.costMicros()).unsigned(names.text(u.currency()));
    }
    if (enforced) {
      out.unsigned(names.subject(e.policy())).unsigned(names.text(e.rule()));
      Series version = e.version();
      out.unsigned(names.text(version == null ? null : version.toolVersion()));
      out.unsigned(names.text(version == null ? null : version.modelBackend()));
      out.one(e.verdict() == null ? -1 : e.verdict().compareTo(VERDICTS[0]));
      out.one(e.decision() == null ? -1 : e.decision().compareTo(DECISIONS[0]));
      out.number(e.requestedMs()).number(e.decidedMs()).fixed(e.decisionId());
    }
    if (told) {
      out.unsigned(names.text(s.runId)).unsigned(names.text(s.conversationId));
      out.unsigned(names.text(s.promptVersion));
    }
  }

  private SpanFact span(ByteReader in, long previousEnd, RunBlock.Reader names) {
    SpanDraft d = draft;
    int flags = in.one();
    d.late = (flags & LATE) != 0;
    d.retryOf = (flags & RETRY_OF) != 0;
    d.id = in.fixed();
    d.parentId = in.fixed();
    d.hash = in.fixed();
    d.endMs = previousEnd + in.number();
    d.arrivalMs = d.endMs + in.number();
    d.offset = in.unsigned();
    d.durationUs = in.number();
    d.attempt = in.whole();
    d.kind = KINDS[in.one()];
    d.outcome = OUTCOMES[in.one()];
    d.actor = ACTORS[in.one()];
    d.scope = names.scope(in.unsigned());
    d.subject = names.subject(d.scope, in.unsigned());
    d.errorType = names.text(in.unsigned());
    d.target = d.subject == null ? 0 : in.fixed();
    d.startMs = (flags & STARTED) != 0 ? d.endMs - in.number() : SpanFact.NONE;
    d.callId = (flags & CALLED) != 0 ? in.fixed() : 0;
    d.argumentsHash = (flags & ARGUMENTS) != 0 ? in.fixed() : 0;
    d.usage = null;
    if ((flags & USED) != 0) {
      d.usage =
          new Usage(
              in.number(),
              in.number(),
              in.number(),
              in.number(),
              in.number(),
              in.number(),
              names.text(in.unsigned()));
    }
    d.enforcement = (flags & ENFORCED) != 0 ? enforcement(in, d.scope, names) : Enforcement.NONE;
    boolean told = (flags & TOLD) != 0;
    d.runId = told ? names.text(in.unsigned()) : null;
    d.conversationId = told ? names.text(in.unsigned()) : null;
    d.promptVersion = told ? names.text(in.unsigned()) : null;
    return new SpanFact(d);
  }

  private static Enforcement enforcement(ByteReader in, AgentScope scope, RunBlock.Reader names) {
    long policy = in.unsigned();
    String rule = names.text(in.unsigned());
    String version = names.text(in.unsigned());
    String id = names.text(in.unsigned());
    int verdict = in.one();
    int decision = in.one();
    return new Enforcement(
        names.subject(scope, policy),
        rule,
        version == null ? null : scope.scope().policyVersion(rule, id, version),
        verdict < 0 ? null : VERDICTS[verdict],
        decision < 0 ? null : DECISIONS[decision],
        in.number(),
        in.number(),
        in.fixed());
  }

  private static int bit(boolean set, int bit) {
    return set ? bit : 0;
  }
}
