package dev.tidemark.core.human;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.window.Series;

/** Facts in compact binary: flags (1 byte), the key (16 bytes), the other fields in order. */
public final class HumanFactCodec {
  private static final int DECISION = 1;
  private static final int EVENT = 2;

  private HumanFactCodec() {}

  /** Writes a fact. */
  public static void write(ByteWriter out, HumanFact fact) {
    out.one((fact.decision() ? DECISION : 0) | (fact.event() ? EVENT : 0));
    out.fixed(fact.key().tenant()).fixed(fact.key().id());
    out.number(fact.timeMs()).number(fact.atMs() - fact.timeMs());
    out.fixed(fact.traceHigh()).fixed(fact.traceLow()).text(fact.id());
    Series.Scope scope = fact.scope();
    out.text(scope.tenant()).text(scope.environment());
    out.text(scope.agentName()).text(scope.agentVersion());
    out.optional(fact.tool()).optional(fact.toolVersion());
  }

  /** Reads a fact. */
  public static HumanFact read(ByteReader in) {
    int flags = in.one();
    DecisionKey key = new DecisionKey(in.fixed(), in.fixed());
    long timeMs = in.number();
    return new HumanFact(
        key,
        (flags & DECISION) != 0,
        timeMs + in.number(),
        timeMs,
        in.fixed(),
        in.fixed(),
        (flags & EVENT) != 0,
        in.text(),
        new Series.Scope(in.text(), in.text(), in.text(), in.text()),
        in.optional(),
        in.optional());
  }
}
