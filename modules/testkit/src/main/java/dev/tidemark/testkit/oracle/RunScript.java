package dev.tidemark.testkit.oracle;

import dev.tidemark.records.Actor;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.SpanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/** Writes the records of one random run. */
final class RunScript {
  /** A record and the true time at which it was made, whatever its clock says. */
  record Made(SpecificRecord record, long trueMs) {}

  private static final Outcome[] FAILURES = {
    Outcome.TOOL_ERROR, Outcome.ERROR, Outcome.TIMEOUT, Outcome.CANCELLED, Outcome.REJECTED
  };
  private static final Outcome[] ENDS = {
    Outcome.OK, Outcome.OK, Outcome.OK, Outcome.ERROR, Outcome.UNKNOWN, Outcome.CANCELLED
  };

  private final FleetShape shape;
  private final Random random;
  private final Draft draft;
  private final List<Made> made = new ArrayList<>();
  private long clockMs;
  private long at;

  RunScript(FleetShape shape, Random random, String traceId, String ids, long startMs) {
    this.shape = shape;
    this.random = random;
    this.draft = new Draft(shape, random, traceId, ids);
    this.at = startMs;
  }

  List<Made> write() {
    int stepAt = random.nextInt(100) < shape.clockSteps ? random.nextInt(shape.steps) : -1;
    int steps = 1 + random.nextInt(shape.steps);
    for (int i = 0; i < steps; i++) {
      pass();
      if (i == stepAt) {
        clockMs = random.nextInt(40_000) - 25_000L;
      }
      if (random.nextInt(100) < shape.sides + 6) {
        add(random.nextBoolean() ? draft.sideSpan(end()) : new EventDraft(draft).any(end()));
      } else if (random.nextInt(10) < shape.modelsOfTen) {
        model();
      } else {
        tool();
      }
    }
    if (random.nextInt(100) >= shape.rootless) {
      root();
    }
    return made;
  }

  private void tool() {
    AgentSpan call = draft.tool(end(), outcome());
    new GuardDraft(call).verdicts().forEach(this::add);
    add(call);
    wrap(call);
    boolean trouble = call.getOutcome() != Outcome.OK;
    boolean again = trouble ? random.nextBoolean() : random.nextInt(100) < shape.retried;
    int tries = again ? 1 + random.nextInt(3) : 0;
    for (int i = 0; i < tries; i++) {
      pass();
      add(draft.again(call, end(), random.nextBoolean() ? Outcome.OK : outcome()));
    }
  }

  private void model() {
    AgentSpan call = draft.model(end(), random.nextInt(6) == 0 ? Outcome.ERROR : Outcome.OK);
    add(call);
    wrap(call);
  }

  /** The same once more around it, told by a span that ends later. */
  private void wrap(AgentSpan inner) {
    if (random.nextInt(100) < shape.wrapped) {
      long outerEnd = end() + random.nextInt(20_000);
      AgentSpan outer = draft.around(inner, outerEnd);
      made.add(new Made(outer, outerEnd - clockMs));
    }
  }

  private void root() {
    pass();
    AgentSpan root = draft.span(SpanKind.RUN, end(), ENDS[random.nextInt(ENDS.length)]);
    root.setSpanId(draft.rootId());
    root.setParentSpanId(random.nextInt(100) < shape.orphans ? draft.nextId() : null);
    root.setActor(Actor.AGENT);
    draft.lasting(root);
    add(root);
    if (random.nextInt(8) == 0) {
      AgentSpan nested = draft.span(SpanKind.RUN, end() - 1, Outcome.ERROR);
      nested.setParentSpanId(root.getSpanId());
      add(nested);
    }
  }

  private Outcome outcome() {
    int draw = random.nextInt(100);
    if (draw < shape.failing) {
      return FAILURES[random.nextInt(FAILURES.length)];
    }
    if (draw < shape.failing + shape.denied) {
      return Outcome.DENIED;
    }
    if (draw < shape.failing + shape.denied + shape.awaiting) {
      return Outcome.AWAITING_HUMAN;
    }
    return random.nextInt(30) == 0 ? Outcome.UNKNOWN : Outcome.OK;
  }

  private void add(SpecificRecord record) {
    made.add(new Made(record, at));
  }

  private void pass() {
    at += random.nextInt(shape.gapMs);
  }

  private long end() {
    return at + clockMs;
  }
}
