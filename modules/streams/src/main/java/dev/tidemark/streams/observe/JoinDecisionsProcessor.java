package dev.tidemark.streams.observe;

import dev.tidemark.core.window.Combiner;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.streams.topology.Counts;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Joins human decisions to their requests, one per partition of their keys: a wait counts at the
 * request's series in the window of the decision. It is a further source of stage 2: when the
 * smallest watermark of all source partitions passes the end of a window it sends its partial
 * windows and that watermark. Everything it knows is in logged stores; the windows in its heap are
 * a function of them.
 */
final class JoinDecisionsProcessor implements Processor<byte[], byte[], Object, Object> {
  static final String DECISIONS = "open-decisions";
  static final String MARKS = "join-marks";
  private static final String MARK = "marks";

  private final ObserveConfig config;
  private final DecisionLimits limits;
  private final FrameReader reader = new FrameReader();
  private final long windowMs;
  private final long latenessMs;
  private final long[] watermarks;

  private ProcessorContext<Object, Object> context;
  private Counts counts;
  private SeriesTable table;
  private Combiner windows;
  private OpenDecisions open;
  private FrameWriter frames;
  private KeyValueStore<String, byte[]> marks;
  private long sentUpToMs = SourceClock.UNKNOWN;

  JoinDecisionsProcessor(ObserveConfig config, DecisionLimits limits) {
    this.config = config;
    this.limits = limits;
    this.windowMs = config.window().toMillis();
    this.latenessMs = config.lateness().toMillis();
    this.watermarks = new long[config.sourcePartitions()];
    Arrays.fill(watermarks, SourceClock.UNKNOWN);
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    counts = new Counts(context, "observe");
    table = new SeriesTable(config.seriesCap());
    windows = new Combiner(windowMs, latenessMs);
    KeyValueStore<String, byte[]> decisions = context.getStateStore(DECISIONS);
    open = new OpenDecisions(decisions, config, limits, table, windows, counts);
    marks = context.getStateStore(MARKS);
    int source = config.sourcePartitions() + context.taskId().partition();
    frames = new FrameWriter(source, config.subjectPartitions(), this::frame);
    recover();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    reader.readFacts(record.value(), open::add);
    int source = reader.source();
    if (source < 0 || source >= watermarks.length || reader.watermarkMs() <= watermarks[source]) {
      return;
    }
    watermarks[source] = reader.watermarkMs();
    long smallest = Arrays.stream(watermarks).min().orElse(SourceClock.UNKNOWN);
    long bound = Math.floorDiv(smallest, windowMs) * windowMs;
    if (smallest != SourceClock.UNKNOWN && bound > sentUpToMs) {
      send(bound);
    }
    marks.put(MARK, new JoinMarks(sentUpToMs, watermarks).toBytes());
  }

  private void send(long bound) {
    sentUpToMs = bound;
    open.join(bound + latenessMs);
    windows.take(bound, frames);
    counts.record("overflowed", table.takeOverflowed());
    counts.record("on-time-met-closed", windows.takeMetClosed());
    frames.send(bound);
    open.sweep(bound);
  }

  private void frame(int subjectPartition, byte[] frame) {
    byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(subjectPartition).array();
    context.forward(
        new Record<Object, Object>(key, frame, Math.max(0, sentUpToMs)),
        ObserveTopology.WAITS_SINK);
  }

  private void recover() {
    byte[] stored = marks.get(MARK);
    if (stored != null) {
      JoinMarks left = JoinMarks.of(stored);
      int known = Math.min(watermarks.length, left.watermarksMs().length);
      System.arraycopy(left.watermarksMs(), 0, watermarks, 0, known);
      sentUpToMs = left.sentUpToMs();
      windows.resumeAt(sentUpToMs);
    }
    open.restore(
        sentUpToMs, sentUpToMs == SourceClock.UNKNOWN ? sentUpToMs : sentUpToMs + latenessMs);
  }
}
