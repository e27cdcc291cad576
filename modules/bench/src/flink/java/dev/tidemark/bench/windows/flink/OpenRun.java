package dev.tidemark.bench.windows.flink;

import dev.tidemark.core.run.EventFact;
import dev.tidemark.core.run.RunBlock;
import dev.tidemark.core.run.RunState;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.records.AgentEvent;
import java.util.List;

/** A run as keyed state of Flink: our run, and our binary form of it for checkpoints. */
final class OpenRun {
  static final int LOOP_LIMIT = 5;
  private static final int SERIES = 1_000_000;

  /** The series of a task's thread: runs refer to them. */
  static final ThreadLocal<SeriesTable> TABLE =
      ThreadLocal.withInitial(() -> new SeriesTable(SERIES));

  private static final RunBlock.EventCodec NO_EVENTS =
      new RunBlock.EventCodec() {
        @Override
        public byte[] write(EventFact event) {
          throw new UnsupportedOperationException("the workload holds no events");
        }

        @Override
        public AgentEvent read(byte[] bytes, int from, int length) {
          throw new UnsupportedOperationException("the workload holds no events");
        }
      };

  final RunState run;

  OpenRun(RunState run) {
    this.run = run;
  }

  byte[] toBytes() {
    return RunBlock.write(List.of(run), NO_EVENTS);
  }

  static OpenRun of(byte[] bytes) {
    RunBlock.Reader reader = new RunBlock.Reader(bytes, TABLE.get(), NO_EVENTS);
    return new OpenRun(reader.run(RunBlock.entry(bytes, 0), LOOP_LIMIT));
  }
}
