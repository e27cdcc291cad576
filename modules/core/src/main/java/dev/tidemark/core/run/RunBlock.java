package dev.tidemark.core.run;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.SeriesNode;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.core.window.SeriesTable.AgentScope;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.SubjectKind;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Many runs in one piece of binary, names written once: what a store keeps of runs that are not in
 * the heap. A head of fixed entries tells which runs there are and when they are due without
 * reading them. Wire form: version (1 byte), number of runs (4 bytes), where the names begin (4
 * bytes); per run high and low half of the trace id, when it is looked at next, its latest end (8
 * bytes each), where it begins (4 bytes) and the number of its tenant (4 bytes); the runs; the
 * names.
 */
public final class RunBlock {
  private static final byte VERSION = 5;
  private static final SubjectKind[] KINDS = SubjectKind.values();
  private static final int HEAD = 9;
  private static final int ENTRY = 40;
  private static final int USUAL_BYTES = 48 << 10;

  private RunBlock() {}

  /** Writes events and reads them back; they are whole records. */
  public interface EventCodec {
    byte[] write(EventFact event);

    AgentEvent read(byte[] bytes, int from, int length);
  }

  /**
   * One run of a block.
   *
   * @param wakeMs when it is looked at next
   * @param lastMs latest end of a span or time of an event
   * @param at where it begins in the block
   */
  public record Entry(
      long traceHigh, long traceLow, long wakeMs, long lastMs, int at, int tenant) {}

  /** Names of a block, each written once. */
  static final class Names {
    /** By identity: the same name twice in a block costs bytes and nothing else. */
    private final IdentityHashMap<Object, Integer> numbers = new IdentityHashMap<>();

    private AgentScope lastScope;
    private int lastScopeNumber;
    private final ByteWriter bytes = new ByteWriter();

    int text(String text) {
      return text == null ? 0 : number(text, () -> bytes.one('t').text(text));
    }

    int scope(AgentScope scope) {
      if (scope != lastScope) {
        lastScope = scope;
        lastScopeNumber = number(scope, () -> write(scope.scope()));
      }
      return lastScopeNumber;
    }

    private void write(Series.Scope s) {
      bytes.one('s').text(s.tenant()).text(s.environment());
      bytes.text(s.agentName()).text(s.agentVersion());
    }

    int subject(SeriesNode node) {
      if (node == null) {
        return 0;
      }
      return number(node, () -> write(node.series()));
    }

    private void write(Series s) {
      bytes.one('n').number(s.kind().compareTo(KINDS[0])).text(s.name());
      bytes.text(s.kind() == SubjectKind.MODEL ? s.modelBackend() : s.toolVersion());
    }

    private int number(Object name, Runnable write) {
      Integer known = numbers.get(name);
      if (known == null) {
        write.run();
        known = numbers.size() + 1;
        numbers.put(name, known);
      }
      return known;
    }
  }

  /** A block of runs; every one is settled. */
  public static byte[] write(List<RunState> runs, EventCodec events) {
    Names names = new Names();
    ByteWriter bodies = new ByteWriter(USUAL_BYTES);
    ByteWriter head = new ByteWriter(runs.size() * ENTRY);
    RunBody body = new RunBody(events);
    int start = HEAD + runs.size() * ENTRY;
    for (RunState run : runs) {
      head.fixed(run.traceHigh()).fixed(run.traceLow());
      head.fixed(run.progress().wakeMs).fixed(run.lastMs());
      int tenant = names.text(run.tenant());
      head.fixed(((long) (start + bodies.size()) << 32) | tenant);
      body.write(bodies, run, names);
    }
    ByteWriter block = new ByteWriter(start + bodies.size() + names.bytes.size());
    block.one(VERSION);
    block.fixed(((long) runs.size() << 32) | (start + bodies.size()));
    return block.raw(head).raw(bodies).raw(names.bytes).toBytes();
  }

  /** Number of runs in a block. */
  public static int size(byte[] block) {
    if (block.length < HEAD || block[0] != VERSION) {
      throw new IllegalStateException("a block of runs has an unknown version: reset the state");
    }
    return (int) (reader(block, 1).fixed() >>> 32);
  }

  /** The {@code i}-th run of a block, not read yet. */
  public static Entry entry(byte[] block, int i) {
    ByteReader in = reader(block, HEAD + i * ENTRY);
    long high = in.fixed();
    long low = in.fixed();
    long wake = in.fixed();
    long last = in.fixed();
    long place = in.fixed();
    return new Entry(high, low, wake, last, (int) (place >>> 32), (int) place);
  }

  /** Names of a block by number; scopes and subjects are told apart by who asks. */
  public static final class Reader {
    private final byte[] block;
    private final Object[] names;
    private final SeriesTable table;
    private final RunBody body;

    /** Reads the names of a block. */
    public Reader(byte[] block, SeriesTable table, EventCodec events) {
      this.block = block;
      this.table = table;
      this.body = new RunBody(events);
      ByteReader in = reader(block, (int) reader(block, 1).fixed());
      List<Object> found = new ArrayList<>();
      while (in.left() > 0) {
        found.add(
            switch (in.one()) {
              case 't' -> in.text();
              case 's' -> new Series.Scope(in.text(), in.text(), in.text(), in.text());
              default -> new Subject(in.whole(), in.text(), in.text());
            });
      }
      names = found.toArray();
    }

    /** The tenant of a run. */
    public String tenant(Entry entry) {
      return (String) names[entry.tenant() - 1];
    }

    /** The run at an entry, settled; what it contributed is not sent again. */
    public RunState run(Entry entry, int loopLimit) {
      RunState run = new RunState(entry.traceHigh(), entry.traceLow(), loopLimit);
      body.read(reader(block, entry.at()), run, this);
      run.progress().wakeMs = entry.wakeMs();
      return run;
    }

    String text(long number) {
      return number == 0 ? null : (String) names[(int) number - 1];
    }

    AgentScope scope(long number) {
      return table.scope((Series.Scope) names[(int) number - 1]);
    }

    SeriesNode subject(AgentScope scope, long number) {
      return number == 0 ? null : ((Subject) names[(int) number - 1]).node(scope);
    }
  }

  private record Subject(int kind, String name, String version) {
    private SeriesNode node(AgentScope scope) {
      Series.Scope s = scope.scope();
      return switch (KINDS[kind]) {
        case MODEL -> scope.node(s.model(name, version));
        case POLICY -> scope.node(s.policy(name));
        default -> scope.node(s.tool(name, version));
      };
    }
  }

  private static ByteReader reader(byte[] block, int at) {
    return new ByteReader().on(block, at, block.length);
  }
}
