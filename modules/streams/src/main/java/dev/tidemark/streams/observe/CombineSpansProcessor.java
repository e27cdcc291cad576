package dev.tidemark.streams.observe;

import dev.tidemark.core.run.EventFact;
import dev.tidemark.core.run.RunState;
import dev.tidemark.core.run.RunState.Insert;
import dev.tidemark.core.run.SpanFact;
import dev.tidemark.streams.observe.PartialWindows.Sent;
import dev.tidemark.streams.observe.SpanIntake.Refused;
import dev.tidemark.streams.topology.Counts;
import dev.tidemark.streams.topology.DeadLetters;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Partitioning;
import dev.tidemark.wire.StateStores;
import dev.tidemark.wire.Topics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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

/**
 * Stage 1 of observe, one per source partition: deduplicates, links, combines in the heap, and on a
 * wall-clock beat sends complete partial windows and the watermark. The beat decides when, never
 * what. Heap state is a function of the log: after a crash the gap between the marks and the
 * committed offset is read again, and nothing is sent twice.
 */
final class CombineSpansProcessor implements Processor<byte[], byte[], Object, Object> {
  static final String OPEN_RUNS = "open-runs";
  static final String MARKS = "source-marks";
  private static final String MARK = "marks";
  private static final String HEARTBEAT = "tidemark-heartbeat";
  private static final String ROOM = "observe";

  private final ObserveConfig config;
  private final Topics topics;
  private final AvroSerdes serdes;
  private final Replay.Source replays;
  private final PartialFrame.Codec frames = new PartialFrame.Codec();
  private final long[] next = {0, 0};

  private ProcessorContext<Object, Object> context;
  private Counts counts;
  private SpanIntake intake;
  private PartialWindows windows;
  private SourceClock clock;
  private OpenRuns runs;
  private KeyValueStore<String, byte[]> marksStore;
  private SourceMarks marks;
  private Replay replay;
  private long lastSpillMs = Long.MIN_VALUE;
  private long sentWatermark = SourceClock.UNKNOWN;

  CombineSpansProcessor(
      ObserveConfig config, Topics topics, AvroSerdes serdes, Replay.Source replays) {
    this.config = config;
    this.topics = topics;
    this.serdes = serdes;
    this.replays = replays;
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    counts = new Counts(context, ROOM);
    intake = new SpanIntake(serdes, config.arrivals(), counts);
    windows = new PartialWindows(config);
    clock = new SourceClock(config);
    runs =
        new OpenRuns(
            config,
            context.taskId().partition(),
            context.getStateStore(OPEN_RUNS),
            context.getStateStore(StateStores.RUNS));
    marksStore = context.getStateStore(MARKS);
    replay = replays.open(context.applicationId(), context.appConfigs());
    recover();
    context.schedule(config.flush(), PunctuationType.WALL_CLOCK_TIME, this::flush);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata at = context.recordMetadata().orElseThrow();
    int topic = at.topic().equals(topics.spans().name()) ? 0 : 1;
    try {
      take(
          topic,
          record.headers(),
          record.value(),
          record.timestamp(),
          at.offset(),
          context.currentSystemTimeMs());
    } catch (Refused e) {
      counts.record("rejected");
      context.forward(
          DeadLetters.of(at, record, ROOM, e.reason(), e.getMessage()), ObserveTopology.DEAD_SINK);
    }
  }

  @Override
  public void close() {
    if (replay != null) {
      replay.close();
    }
  }

  private void take(
      int topic, Headers headers, byte[] value, long arrivalMs, long offset, long wallMs)
      throws Refused {
    next[topic] = offset + 1;
    clock.arrived(topic, arrivalMs, wallMs);
    windows.nextRecord();
    if (value == null) {
      counts.record(headers.lastHeader(HEARTBEAT) != null ? "heartbeats" : "tombstones");
      return;
    }
    if (topic == 0) {
      SpanFact fact = intake.span(topics.spans().name(), headers, value, arrivalMs, offset);
      if (fact != null) {
        String traceId = fact.span().getTraceId();
        RunState run = runs.of(traceId, fact.span().getEndMs());
        took(run, run.insert(fact, windows), traceId);
      }
    } else {
      EventFact fact = intake.event(topics.events().name(), headers, value, arrivalMs, offset);
      if (fact != null) {
        String traceId = fact.event().getTraceId();
        RunState run = runs.of(traceId, fact.event().getTimeMs());
        took(run, run.insert(fact, windows), traceId);
      }
    }
  }

  private void took(RunState run, Insert insert, String traceId) {
    runs.touched(run);
    counts.record(insert.name().toLowerCase(Locale.ROOT));
    if (Partitioning.trace(traceId, config.sourcePartitions()) != context.taskId().partition()) {
      counts.record("misplaced");
    }
  }

  private void flush(long wallMs) {
    boolean spansAtEnd = clock.quiet(0, wallMs) && replay.atEnd(partitionOf(0), next[0]);
    boolean eventsAtEnd = clock.quiet(1, wallMs) && replay.atEnd(partitionOf(1), next[1]);
    clock.idle(spansAtEnd, eventsAtEnd, wallMs);
    long watermark = clock.watermark();
    if (watermark == SourceClock.UNKNOWN) {
      return;
    }
    windows.nextRecord();
    runs.advance(
        watermark,
        windows,
        run ->
            context.forward(
                new Record<Object, Object>(run.getTraceId(), run, run.getEndMs()),
                ObserveTopology.RUNS_SINK));
    List<Sent> sent = windows.take(watermark);
    counts.record("overflowed", windows.takeOverflowed());
    if (watermark > sentWatermark || !sent.isEmpty()) {
      send(watermark, sent);
      sentWatermark = watermark;
    }
    mark(watermark, wallMs);
  }

  private void send(long watermark, List<Sent> sent) {
    List<List<Sent>> bySubject = new ArrayList<>();
    for (int p = 0; p < config.subjectPartitions(); p++) {
      bySubject.add(new ArrayList<>());
    }
    for (Sent partial : sent) {
      bySubject
          .get(Partitioning.subject(partial.window().getSeries(), config.subjectPartitions()))
          .add(partial);
    }
    for (int p = 0; p < bySubject.size(); p++) {
      byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(p).array();
      for (byte[] frame : frames.write(context.taskId().partition(), watermark, bySubject.get(p))) {
        context.forward(
            new Record<Object, Object>(key, frame, Math.max(0, watermark)),
            ObserveTopology.PARTIALS_SINK);
      }
    }
  }

  private void mark(long watermark, long wallMs) {
    boolean spill =
        lastSpillMs == Long.MIN_VALUE || wallMs - lastSpillMs >= config.spill().toMillis();
    if (spill) {
      runs.spill(watermark);
      lastSpillMs = wallMs;
    }
    SourceMarks now =
        new SourceMarks(
            next[0],
            next[1],
            watermark,
            spill ? next[0] : marks.durableSpans(),
            spill ? next[1] : marks.durableEvents());
    if (!now.equals(marks)) {
      marks = now;
      marksStore.put(MARK, now.toBytes());
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
      windows.resumeAt(marks.sentWatermarkMs());
      clock.resumeAt(marks.sentWatermarkMs());
      sentWatermark = marks.sentWatermarkMs();
      windows.replayingSent(true);
      runs.restore(run -> run.contributeAll(windows));
      reread(0, marks.durableSpans(), Math.min(spansTo, marks.sentSpans()));
      reread(1, marks.durableEvents(), Math.min(eventsTo, marks.sentEvents()));
      windows.replayingSent(false);
      reread(0, marks.sentSpans(), spansTo);
      reread(1, marks.sentEvents(), eventsTo);
    }
    next[0] = Math.max(next[0], spansTo);
    next[1] = Math.max(next[1], eventsTo);
  }

  private void reread(int topic, long from, long to) {
    replay.read(partitionOf(topic), from, to, record -> again(topic, record));
  }

  private void again(int topic, ConsumerRecord<byte[], byte[]> record) {
    try {
      take(
          topic,
          record.headers(),
          record.value(),
          Math.max(0, record.timestamp()),
          record.offset(),
          context.currentSystemTimeMs());
    } catch (Refused e) {
      counts.record("rejected-before");
    }
  }

  private TopicPartition partitionOf(int topic) {
    String name = topic == 0 ? topics.spans().name() : topics.events().name();
    return new TopicPartition(name, context.taskId().partition());
  }
}
