package dev.tidemark.streams.observe;

import dev.tidemark.core.window.Series;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowKey;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.streams.observe.OpenWindows.Closed;
import dev.tidemark.streams.observe.PartialWindows.Sent;
import dev.tidemark.streams.topology.Counts;
import dev.tidemark.wire.StateStores;
import dev.tidemark.wire.Topics;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Stage 2 of observe, one per subject partition: merges partials in the heap, closes windows on the
 * smallest source watermark, writes and emits each once; what comes later is a revision. Open
 * windows are rebuilt after a crash by reading the partials again from the oldest open one.
 */
final class CloseWindowsProcessor implements Processor<byte[], byte[], Object, Object> {
  static final String MARKS = "subject-marks";
  private static final String MARK = "marks";

  private final ObserveConfig config;
  private final Topics topics;
  private final Replay.Source replays;
  private final PartialFrame.Codec frames = new PartialFrame.Codec();

  private ProcessorContext<Object, Object> context;
  private Counts counts;
  private OpenWindows open;
  private FirstSeen firstSeen;
  private WindowStore<SeriesKey, WindowRecord> store;
  private KeyValueStore<String, byte[]> marks;

  CloseWindowsProcessor(ObserveConfig config, Topics topics, Replay.Source replays) {
    this.config = config;
    this.topics = topics;
    this.replays = replays;
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    counts = new Counts(context, "observe");
    open = new OpenWindows(config.sourcePartitions());
    store = context.getStateStore(StateStores.WINDOWS);
    marks = context.getStateStore(MARKS);
    firstSeen = new FirstSeen(context.getStateStore(StateStores.SERIES));
    recover();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    long offset = context.recordMetadata().orElseThrow().offset();
    PartialFrame frame = frames.read(record.value());
    for (Sent part : frame.partials()) {
      if (open.closed(part.window())) {
        revise(part);
      } else {
        open.add(part.window(), part.correction(), offset);
      }
    }
    for (Closed closed : open.advance(frame.sourcePartition(), frame.watermarkMs())) {
      if (closed.window() != null) {
        emit(closed.window());
        counts.record("closed");
      }
      if (closed.corrected() != null) {
        emit(closed.corrected());
        counts.record("revised");
      }
    }
    marks.put(MARK, open.marks(offset + 1).toBytes());
  }

  private void revise(Sent part) {
    WindowRecord window = part.window();
    WindowTotals totals = new WindowTotals();
    WindowRecord known = store.fetch(window.getSeries(), window.getWindowStartMs());
    if (known != null) {
      totals.add(known);
    }
    totals.add(window);
    if (!part.correction()) {
      totals.addCompleteness(0, 0, 1);
      counts.record("on-time-met-closed");
    }
    counts.record("revised");
    emit(
        totals.toRecord(
            Series.of(window.getSeries()), window.getWindowStartMs(), window.getWindowEndMs()));
  }

  private void emit(WindowRecord window) {
    SeriesKey series = window.getSeries();
    store.put(series, window, window.getWindowStartMs());
    firstSeen
        .check(series, window.getWindowStartMs())
        .ifPresent(
            change ->
                context.forward(
                    new Record<Object, Object>(change.getChangeId(), change, change.getTimeMs()),
                    ObserveTopology.CHANGES_SINK));
    context.forward(
        new Record<Object, Object>(
            new WindowKey(series, window.getWindowStartMs()), window, window.getWindowEndMs()),
        ObserveTopology.WINDOWS_SINK);
  }

  private void recover() {
    byte[] stored = marks.get(MARK);
    if (stored == null) {
      return;
    }
    SubjectMarks left = SubjectMarks.of(stored);
    open.resumeAt(left);
    TopicPartition partition =
        new TopicPartition(topics.partials().name(), context.taskId().partition());
    try (Replay replay = replays.open(context.applicationId(), context.appConfigs())) {
      replay.read(
          partition,
          left.firstOpen(),
          replay.committed(partition),
          record -> {
            for (Sent part : frames.read(record.value()).partials()) {
              if (!open.closed(part.window())) {
                open.add(part.window(), part.correction(), record.offset());
              }
            }
          });
    }
  }
}
