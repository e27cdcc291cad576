package dev.tidemark.streams.observe;

import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.window.PartialCodec;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.streams.observe.SubjectWindows.Line;
import dev.tidemark.streams.topology.Counts;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.StateStores;
import dev.tidemark.wire.Ticks;
import dev.tidemark.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Stage 2 of observe, one per subject partition: merges partials in the heap, closes windows on the
 * smallest watermark of the source partitions and of the joins of decisions, writes and emits each
 * once; what comes later is a revision. Behind the windows of a bound goes a tick. Open windows are
 * rebuilt after a crash by reading the partials again from the oldest open one.
 */
final class CloseWindowsProcessor implements Processor<byte[], byte[], Object, Object> {
  static final String MARKS = "subject-marks";
  private static final String MARK = "marks";

  private final ObserveConfig config;
  private final Topics topics;
  private final AvroSerdes serdes;
  private final Replay.Source replays;
  private final FrameReader frames = new FrameReader();
  private final long windowMs;

  private ProcessorContext<Object, Object> context;
  private Counts counts;
  private SubjectWindows open;
  private WindowBytes bytes;
  private FirstSeen firstSeen;
  private WindowStore<Object, Object> store;
  private KeyValueStore<String, byte[]> marks;
  private HeapWindows heap;
  private final List<Line> fresh = new ArrayList<>();
  private long freshMs;

  CloseWindowsProcessor(
      ObserveConfig config, Topics topics, AvroSerdes serdes, Replay.Source replays) {
    this.config = config;
    this.topics = topics;
    this.serdes = serdes;
    this.replays = replays;
    this.windowMs = config.window().toMillis();
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    counts = new Counts(context, "observe");
    open = new SubjectWindows(config.sourcePartitions() + config.subjectPartitions(), windowMs);
    bytes = new WindowBytes(topics.windows().name(), serdes);
    store = context.getStateStore(StateStores.WINDOWS);
    marks = context.getStateStore(MARKS);
    firstSeen =
        new FirstSeen(
            context.getStateStore(StateStores.SERIES),
            context.taskId().partition(),
            config.subjectPartitions());
    heap = context.getStateStore(StateStores.OPEN_WINDOWS);
    recover();
    heap.show(
        new ClosingWindows(
            open, bytes, context.taskId().partition(), config.sourcePartitions(), windowMs));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    long offset = context.recordMetadata().orElseThrow().offset();
    heap.lock().lock();
    try {
      frames.read(record.value(), new Merging(record.value(), offset));
      boolean bound = open.advance(frames.source(), frames.watermarkMs(), new Closing());
      changes();
      if (bound) {
        tick();
        marks.put(MARK, open.marks(offset + 1).toBytes());
        open.sweep(config.horizon().toMillis());
      }
    } finally {
      heap.lock().unlock();
    }
  }

  @Override
  public void close() {
    if (heap != null) {
      heap.show(null);
    }
  }

  /** What a frame brings, into windows that are open or closed already. */
  private final class Merging implements FrameReader.Parts {
    private final byte[] frame;
    private final long offset;

    Merging(byte[] frame, long offset) {
      this.frame = frame;
      this.offset = offset;
    }

    @Override
    public void part(boolean correction, int from, int to, long start, ByteReader part) {
      Line line = open.line(frame, from, to);
      if (open.closed(start)) {
        revise(line, start, correction, part);
      } else {
        open.add(line, start, correction, part, offset);
      }
    }

    @Override
    public void name(int from, int to, long start) {
      Line line = open.line(frame, from, to);
      if (open.closed(start)) {
        named(List.of(line), start);
      } else {
        open.name(line, start, offset);
      }
    }
  }

  /** What closes. */
  private final class Closing implements SubjectWindows.Out {
    @Override
    public void close(Line line, long start, WindowTotals totals, WindowTotals corrections) {
      if (totals != null) {
        emit(line, start, totals);
        announce(line, start);
        counts.record("closed");
      }
      if (corrections != null) {
        WindowTotals all = totals == null ? new WindowTotals() : totals;
        all.keepShown();
        all.add(corrections);
        emit(line, start, all);
        counts.record("revised");
      }
    }

    @Override
    public void named(List<Line> lines, long start) {
      CloseWindowsProcessor.this.named(lines, start);
    }
  }

  /** Series of other partitions whose fleet is here. */
  private void named(List<Line> lines, long start) {
    if (start != freshMs) {
      changes();
    }
    firstSeen.named(lines.stream().map(line -> bytes.series(line.key)).toList(), start, this::tell);
  }

  private void revise(Line line, long start, boolean correction, ByteReader in) {
    WindowTotals totals = new WindowTotals();
    if (store.fetch(line.stored, start) instanceof WindowRecord known) {
      totals.add(known);
    }
    WindowTotals part = new WindowTotals();
    PartialCodec.addTo(part, in);
    totals.add(part);
    if (!correction) {
      totals.addCompleteness(0, 0, 1);
      counts.record("revised-on-time");
    }
    counts.record("revised");
    emit(line, start, totals);
  }

  private void emit(Line line, long start, WindowTotals totals) {
    bytes.write(line.key, start, start + windowMs, totals);
    store.put(line.stored, bytes.stored(), start);
    context.forward(
        new Record<>(bytes.key(), bytes.value(), start + windowMs), ObserveTopology.WINDOWS_SINK);
  }

  /**
   * A version is new when a window of it closes. Late records alone announce nothing: when they are
   * met depends on who was read first.
   */
  private void announce(Line line, long start) {
    if (line.seen) {
      return;
    }
    if (start != freshMs) {
      changes();
    }
    line.seen = true;
    freshMs = start;
    fresh.add(line);
  }

  /** Says how far windows were told; the marks of the same transaction keep it from being twice. */
  private void tick() {
    long endMs = Math.floorDiv(open.closedUpTo(), windowMs) * windowMs;
    context.forward(
        new Record<>(context.taskId().partition(), null, Math.max(0, endMs), Ticks.headers(endMs)),
        ObserveTopology.TICKS_SINK);
  }

  /** Series of one bound seen for the first time by this process, in the order of their names. */
  private void changes() {
    if (fresh.isEmpty()) {
      return;
    }
    firstSeen.check(
        fresh.stream().map(line -> bytes.series(line.key)).toList(), freshMs, this::tell);
    fresh.clear();
  }

  private void tell(ChangeEvent change) {
    context.forward(
        new Record<Object, Object>(change.getChangeId(), change, change.getTimeMs()),
        ObserveTopology.CHANGES_SINK);
  }

  private void recover() {
    byte[] stored = marks.get(MARK);
    SubjectMarks left = stored == null ? SubjectMarks.NOTHING : SubjectMarks.of(stored);
    open.resumeAt(left);
    TopicPartition partition =
        new TopicPartition(topics.partials().name(), context.taskId().partition());
    try (Replay replay = replays.open(context.applicationId(), context.appConfigs())) {
      replay.read(
          partition,
          left.firstOpen(),
          replay.committed(partition),
          record -> {
            frames.read(record.value(), new Recovering(record.value(), record.offset()));
            open.advance(frames.source(), frames.watermarkMs(), (line, start, t, c) -> {});
          });
    }
  }

  /** What is read again: windows that are still open. */
  private final class Recovering implements FrameReader.Parts {
    private final byte[] frame;
    private final long offset;

    Recovering(byte[] frame, long offset) {
      this.frame = frame;
      this.offset = offset;
    }

    @Override
    public void part(boolean correction, int from, int to, long start, ByteReader part) {
      if (open.closed(start)) {
        PartialCodec.addTo(new WindowTotals(), part);
      } else {
        open.add(open.line(frame, from, to), start, correction, part, offset);
      }
    }

    @Override
    public void name(int from, int to, long start) {
      if (!open.closed(start)) {
        open.name(open.line(frame, from, to), start, offset);
      }
    }
  }
}
