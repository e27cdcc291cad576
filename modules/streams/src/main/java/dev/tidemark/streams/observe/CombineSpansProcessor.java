package dev.tidemark.streams.observe;

import dev.tidemark.core.run.EventFact;
import dev.tidemark.core.run.SpanFact;
import dev.tidemark.core.window.Combiner;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.Finding;
import dev.tidemark.streams.topology.Counts;
import dev.tidemark.streams.topology.DeadLetters;
import dev.tidemark.wire.AvroBytes;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.BinaryAvroSerde;
import dev.tidemark.wire.ErasureMark;
import dev.tidemark.wire.StateStores;
import dev.tidemark.wire.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Stage 1 of observe, one per source partition: deduplicates, links, combines in the heap, and
 * sends complete partial windows and the watermark when the watermark passes the end of a window or
 * the clock beats. When it sends decides nothing about what. Heap state is a function of the log:
 * after a crash the gap between the marks and the committed offset is read again, and nothing is
 * sent twice.
 */
final class CombineSpansProcessor implements Processor<byte[], byte[], Object, Object> {
  static final String OPEN_RUNS = "open-runs";
  static final String MARKS = "source-marks";
  private static final String MARK = "marks";
  private static final String PARKED = "parked";
  private static final String HEARTBEAT = "tidemark-heartbeat";
  private static final String ROOM = "observe";

  private final ObserveConfig config;
  private final String[] names;
  private final String runsTopic;
  private final AvroSerdes serdes;
  private final Replay.Source replays;
  private final long windowMs;
  private final long[] next = {0, 0};
  private final long[] arrivedMs = {Long.MIN_VALUE, Long.MIN_VALUE};

  private ProcessorContext<Object, Object> context;
  private Counts counts;
  private SpanIntake spans;
  private EventIntake events;
  private SeriesTable table;
  private Combiner windows;
  private SourceClock clock;
  private OpenRuns runs;
  private LiveLoops loops;
  private FrameWriter frames;
  private DecisionWriter decisions;
  private HeapWindows heap;
  private WindowStore<String, Object> summaries;
  private ErasedRuns erased;
  private AvroBytes<AgentRun> runBytes;
  private KeyValueStore<String, byte[]> marksStore;
  private SourceMarks marks;
  private byte[] parked = {};
  private Replay replay;
  private long lastSpillMs = Long.MIN_VALUE;
  private long nextBoundMs = Long.MIN_VALUE;
  private long flushedMs = SourceClock.UNKNOWN;
  private long sweptMs = Long.MIN_VALUE;

  CombineSpansProcessor(
      ObserveConfig config, Topics topics, AvroSerdes serdes, Replay.Source replays) {
    this.config = config;
    this.names = new String[] {topics.spans().name(), topics.events().name()};
    this.runsTopic = topics.runs().name();
    this.serdes = serdes;
    this.replays = replays;
    this.windowMs = config.window().toMillis();
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    counts = new Counts(context, ROOM);
    table = new SeriesTable(config.seriesCap());
    Arrivals arrivals = new Arrivals(config.arrivals(), counts);
    spans = new SpanIntake(serdes, config.prices(), arrivals, table, counts);
    events = new EventIntake(serdes, arrivals, table, counts);
    windows = new Combiner(windowMs, config.lateness().toMillis());
    clock = new SourceClock(config);
    int partition = context.taskId().partition();
    KeyValueStore<Long, byte[]> blocks = context.getStateStore(OPEN_RUNS);
    summaries = context.getStateStore(StateStores.RUNS);
    runBytes = AvroBytes.values(serdes, AgentRun.class, runsTopic);
    marksStore = context.getStateStore(MARKS);
    erased = new ErasedRuns(marksStore, summaries);
    loops = new LiveLoops(config, marksStore, this::find);
    SpilledRuns spilled = new SpilledRuns(blocks, table, config.loops().identical());
    runs = new OpenRuns(config, partition, spilled, loops, counts);
    frames = new FrameWriter(partition, config.subjectPartitions(), this::frame);
    decisions = new DecisionWriter(config, partition, counts, this::decisionFrame);
    windows.tellHumans(decisions);
    replay = replays.open(context.applicationId(), context.appConfigs());
    heap = context.getStateStore(StateStores.OPEN_PARTIALS);
    heap.show(new SourceWindows(windows, clock, partition, windowMs));
    recover();
    context.schedule(config.flush(), PunctuationType.WALL_CLOCK_TIME, this::beat);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata at = context.recordMetadata().orElseThrow();
    int topic = at.topic().equals(names[0]) ? 0 : 1;
    heap.lock().lock();
    try {
      clock.arrived(topic, record.timestamp(), context.currentSystemTimeMs());
      take(topic, record.headers(), record.value(), record.timestamp(), at.offset());
      if (record.value() == null && record.key() != null) {
        erase(record);
      }
      long watermark = clock.watermark();
      if ((watermark >= nextBoundMs || loops.any()) && watermark != SourceClock.UNKNOWN) {
        flush(watermark);
      }
    } catch (Refused e) {
      counts.record("rejected");
      context.forward(
          DeadLetters.of(at, record, ROOM, e.reason(), e.getMessage()), ObserveTopology.DEAD_SINK);
    } finally {
      heap.lock().unlock();
    }
  }

  @Override
  public void close() {
    if (heap != null) {
      heap.show(null);
    }
    if (replay != null) {
      replay.close();
    }
  }

  private void take(int topic, Headers headers, byte[] value, long arrivalMs, long offset)
      throws Refused {
    next[topic] = offset + 1;
    arrivedMs[topic] = Math.max(arrivedMs[topic], arrivalMs);
    windows.nextCause();
    if (value == null) {
      counts.record(headers.lastHeader(HEARTBEAT) != null ? "heartbeats" : "tombstones");
      return;
    }
    long cause = arrivedMs[topic];
    if (topic == 0) {
      SpanFact fact = spans.span(names[0], headers, value, arrivalMs, cause, offset);
      if (fact != null) {
        runs.insert(fact, spans.traceHigh(), spans.traceLow(), windows);
      }
    } else {
      EventFact fact = events.event(names[1], headers, value, arrivalMs, cause, offset);
      if (fact != null) {
        runs.insert(fact, events.traceHigh(), events.traceLow(), windows);
      }
    }
  }

  private void beat(long wallMs) {
    heap.lock().lock();
    try {
      idle(wallMs);
      if (clock.watermark() != SourceClock.UNKNOWN) {
        flush(clock.watermark());
        mark(wallMs);
      }
    } finally {
      heap.lock().unlock();
    }
  }

  /** Moves on as far as the last answers allow, and asks again. */
  private void idle(long wallMs) {
    clock.idle(ahead(0, wallMs), ahead(1, wallMs));
    for (int topic = 0; topic < next.length; topic++) {
      if (clock.quiet(topic, wallMs) && replay.ask(partitionOf(topic), next[topic])) {
        clock.asked(topic, wallMs);
      }
    }
    clock.idle(ahead(0, wallMs), ahead(1, wallMs));
  }

  private long ahead(int topic, long wallMs) {
    return clock.quiet(topic, wallMs)
        ? replay.ahead(partitionOf(topic), next[topic])
        : Replay.UNANSWERED;
  }

  /** Sends what is complete; the marks follow with it. */
  private void flush(long reached) {
    windows.nextCause();
    runs.settle(windows);
    loops.tell();
    long watermark = runs.advance(reached, windows, this::publish);
    loops.tell();
    flushedMs = Math.max(flushedMs, watermark);
    windows.take(watermark, frames);
    counts.record("overflowed", table.takeOverflowed());
    counts.record("on-time-met-closed", windows.takeMetClosed());
    decisions.send(watermark, watermark >= nextBoundMs);
    if (watermark >= nextBoundMs || !frames.empty()) {
      frames.send(watermark);
      nextBoundMs = Math.floorDiv(watermark, windowMs) * windowMs + windowMs;
    }
    sweep(watermark);
    runs.spillDone();
    if (runs.heavy()) {
      spill();
    } else {
      mark(marks == null ? SourceMarks.NOTHING : marks);
    }
  }

  /** A run is forgotten here and by whoever reads its summary. */
  private void erase(Record<byte[], byte[]> record) {
    if (ErasureMark.in(record.headers()).isPresent()) {
      counts.record("erased");
      erased.erase(new String(record.key(), StandardCharsets.UTF_8), record.timestamp());
      context.forward(
          new Record<Object, Object>(record.key(), null, record.timestamp()),
          ObserveTopology.RUNS_SINK);
    }
  }

  private void publish(AgentRun run) {
    if (erased.contains(run.getTraceId())) {
      counts.record("erased-again");
      return;
    }
    byte[] datum = runBytes.datum(run);
    summaries.put(run.getTraceId(), BinaryAvroSerde.stored(datum), run.getEndMs());
    byte[] key = run.getTraceId().getBytes(StandardCharsets.UTF_8);
    context.forward(
        new Record<Object, Object>(key, runBytes.framed(datum), run.getEndMs()),
        ObserveTopology.RUNS_SINK);
  }

  private void find(Finding finding) {
    counts.record("loops-" + finding.getAction().name().toLowerCase(Locale.ROOT));
    context.forward(
        new Record<Object, Object>(finding.getAlertKey(), finding, finding.getWindowEndMs()),
        ObserveTopology.FINDINGS_SINK);
  }

  private void frame(int subjectPartition, byte[] frame) {
    forward(subjectPartition, frame, ObserveTopology.PARTIALS_SINK);
  }

  private void decisionFrame(int partition, byte[] frame) {
    forward(partition, frame, ObserveTopology.DECISIONS_SINK);
  }

  private void forward(int partition, byte[] frame, String sink) {
    byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(partition).array();
    context.forward(new Record<Object, Object>(key, frame, Math.max(0, flushedMs)), sink);
  }

  private void sweep(long watermark) {
    long horizon = config.horizon().toMillis();
    if (sweptMs == Long.MIN_VALUE || watermark - sweptMs > horizon / 4) {
      sweptMs = watermark;
      table.sweep(watermark - horizon);
      erased.sweep(watermark);
    }
  }

  private void mark(long wallMs) {
    if (lastSpillMs == Long.MIN_VALUE || wallMs - lastSpillMs >= config.spill().toMillis()) {
      lastSpillMs = wallMs;
      spill();
    }
  }

  private void spill() {
    runs.spill();
    Parked span = runs.parked().firstOf(0);
    Parked event = runs.parked().firstOf(1);
    mark(
        new SourceMarks(
            0,
            0,
            0,
            span == null ? next[0] : span.offset(),
            event == null ? next[1] : event.offset(),
            span == null ? arrivedMs[0] : span.arrivalMs(),
            event == null ? arrivedMs[1] : event.arrivalMs()));
  }

  /** Everything read so far is sent; what is durable is as in {@code durable}. */
  private void mark(SourceMarks durable) {
    SourceMarks now =
        new SourceMarks(
            next[0],
            next[1],
            flushedMs,
            durable.durableSpans(),
            durable.durableEvents(),
            durable.spansMs(),
            durable.eventsMs());
    if (!now.equals(marks)) {
      marks = now;
      marksStore.put(MARK, now.toBytes());
    }
    byte[] waiting = runs.parked().toBytes();
    if (!Arrays.equals(waiting, parked)) {
      parked = waiting;
      marksStore.put(PARKED, waiting);
    }
  }

  private void recover() {
    byte[] stored = marksStore.get(MARK);
    long spansTo = replay.committed(partitionOf(0));
    long eventsTo = replay.committed(partitionOf(1));
    if (stored == null) {
      reread(0, 0, spansTo);
      reread(1, 0, eventsTo);
    } else {
      marks = SourceMarks.of(stored);
      arrivedMs[0] = marks.spansMs();
      arrivedMs[1] = marks.eventsMs();
      flushedMs = marks.sentWatermarkMs();
      windows.resumeAt(marks.sentWatermarkMs());
      clock.resumeAt(marks.sentWatermarkMs());
      nextBoundMs = Math.floorDiv(marks.sentWatermarkMs(), windowMs) * windowMs + windowMs;
      windows.replayingSent(true);
      loops.silent(true);
      runs.restore(windows);
      byte[] waiting = marksStore.get(PARKED);
      parked = waiting == null ? parked : waiting;
      runs.parked().restore(parked);
      reread(0, marks.durableSpans(), Math.min(spansTo, marks.sentSpans()));
      reread(1, marks.durableEvents(), Math.min(eventsTo, marks.sentEvents()));
      runs.settle(windows);
      loops.restore(table);
      catchUp(marks.sentWatermarkMs());
      runs.rejoin(windows);
      loops.restored(runs::known);
      windows.replayingSent(false);
      loops.silent(false);
      reread(0, marks.sentSpans(), spansTo);
      reread(1, marks.sentEvents(), eventsTo);
    }
    next[0] = Math.max(next[0], spansTo);
    next[1] = Math.max(next[1], eventsTo);
  }

  /** Looks at the runs that were looked at before, without saying so again. */
  private void catchUp(long watermark) {
    while (runs.advance(watermark, windows, run -> {}) < watermark) {
      windows.nextCause();
    }
  }

  private void reread(int topic, long from, long to) {
    replay.read(partitionOf(topic), from, to, record -> again(topic, record));
  }

  private void again(int topic, ConsumerRecord<byte[], byte[]> record) {
    long arrivalMs = Math.max(0, record.timestamp());
    try {
      take(topic, record.headers(), record.value(), arrivalMs, record.offset());
    } catch (Refused e) {
      counts.record("rejected-before");
    }
    clock.arrived(topic, arrivalMs, context.currentSystemTimeMs());
  }

  private TopicPartition partitionOf(int topic) {
    return new TopicPartition(names[topic], context.taskId().partition());
  }
}
