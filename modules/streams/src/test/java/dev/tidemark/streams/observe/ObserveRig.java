package dev.tidemark.streams.observe;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.ChangeEvent;
import dev.tidemark.records.Finding;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.testkit.oracle.LogEntry;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.Topic;
import dev.tidemark.wire.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Observe on several partitions without a broker: the test says what is in the log, which task
 * reads the next record of which topic, when it beats and when it dies. A task that dies keeps what
 * it had committed: its stores and its place in the log.
 */
final class ObserveRig {
  private static final Set<String> TOLD =
      Set.of(
          ObserveTopology.WINDOWS_SINK, ObserveTopology.TICKS_SINK, ObserveTopology.CHANGES_SINK);
  static final long WALL_START_MS = 1_700_000_000_000L;

  private final Topics topics = Topics.plain();
  private final AvroSerdes serdes = AvroSerdes.of(Map.of("schema.registry.url", "mock://rig"));
  private final FakeLog log = new FakeLog();
  private final List<RigTask> sources = new ArrayList<>();
  private final List<RigTask> joins = new ArrayList<>();
  private final List<RigTask> subjects = new ArrayList<>();
  private final List<WindowRecord> windows = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<ChangeEvent> changes = new ArrayList<>();
  private final List<Long> ticks = new ArrayList<>();
  private final Map<Integer, List<RigTask.Out>> told = new TreeMap<>();
  private int deadLetters;
  private boolean tellsNobody;
  private boolean deadlySources;
  private boolean deadlySubjects;

  ObserveRig(ObserveConfig config, List<LogEntry> entries) {
    entries.forEach(this::append);
    for (int p = 0; p < config.sourcePartitions(); p++) {
      sources.add(RigTask.source(config, topics, serdes, log, p));
    }
    for (int p = 0; p < config.subjectPartitions(); p++) {
      subjects.add(RigTask.subject(config, topics, serdes, log, p));
      joins.add(RigTask.join(config, log, p));
    }
  }

  /** One more record at the end of the log. */
  void append(LogEntry entry) {
    Topic<?, ?> topic = topicOf(entry.topic());
    TopicPartition partition = new TopicPartition(topic.name(), entry.partition());
    Headers headers = new RecordHeaders();
    byte[] key = null;
    byte[] value = null;
    if (entry.record() instanceof AgentSpan span) {
      key = span.getTraceId().getBytes(StandardCharsets.UTF_8);
      value = serdes.value(AgentSpan.class).serializer().serialize(topic.name(), span);
    } else if (entry.record() instanceof AgentEvent event) {
      key = event.getTraceId().getBytes(StandardCharsets.UTF_8);
      value = serdes.value(AgentEvent.class).serializer().serialize(topic.name(), event);
    } else {
      headers.add("tidemark-heartbeat", new byte[0]);
    }
    log.append(record(partition, log.end(partition), entry.arrivalMs(), key, value, headers));
  }

  private Topic<?, ?> topicOf(LogEntry.Topic topic) {
    return topic == LogEntry.Topic.SPANS ? topics.spans() : topics.events();
  }

  static ConsumerRecord<byte[], byte[]> record(
      TopicPartition to, long offset, long timeMs, byte[] key, byte[] value, Headers headers) {
    return new ConsumerRecord<>(
        to.topic(),
        to.partition(),
        offset,
        timeMs,
        TimestampType.LOG_APPEND_TIME,
        -1,
        -1,
        key,
        value,
        headers,
        Optional.empty());
  }

  /** Whether the task of a source partition has read a topic to its end. */
  boolean done(int source, LogEntry.Topic topic) {
    return sources.get(source).atEnd(topicOf(topic).name());
  }

  /** Arrival of the next record of a topic; a topic that was read to its end waits for nobody. */
  long nextArrivalMs(int source, LogEntry.Topic topic) {
    return done(source, topic)
        ? Long.MAX_VALUE
        : sources.get(source).nextArrivalMs(topicOf(topic).name());
  }

  /** The next record of a topic in a source partition. */
  void read(int source, LogEntry.Topic topic) {
    sources.get(source).read(topicOf(topic).name());
    collect(sources.get(source));
  }

  /** The clock on the wall, the same for all. */
  void clock(long wallMs) {
    sources.forEach(task -> task.clock(wallMs));
    joins.forEach(task -> task.clock(wallMs));
    subjects.forEach(task -> task.clock(wallMs));
  }

  /** The owner of a source partition beats. */
  void beat(int source) {
    sources.get(source).beat();
    collect(sources.get(source));
    if (deadlySources) {
      crashSource(source);
    }
  }

  /** A partition of requests and decisions takes the next ones, at most {@code frames}. */
  void join(int partition, int frames) {
    RigTask task = joins.get(partition);
    for (int i = 0; i < frames && !task.atEnd(topics.correlations().name()); i++) {
      task.read(topics.correlations().name());
      collect(task);
    }
    if (deadlySubjects) {
      crashJoin(partition);
    }
  }

  /** A subject partition takes the next partials, at most {@code frames}. */
  void merge(int subject, int frames) {
    RigTask task = subjects.get(subject);
    for (int i = 0; i < frames && !task.atEnd(topics.partials().name()); i++) {
      task.read(topics.partials().name());
      collect(task);
    }
    if (deadlySubjects) {
      crashSubject(subject);
    }
  }

  /** From now on the tasks of a stage die after each beat or each merge. */
  void dieOften(boolean sourcesDie, boolean subjectsDie) {
    deadlySources = sourcesDie;
    deadlySubjects = subjectsDie;
  }

  void crashSource(int source) {
    sources.get(source).restart();
  }

  void crashJoin(int partition) {
    joins.get(partition).restart();
  }

  void crashSubject(int subject) {
    subjects.get(subject).restart();
  }

  /** From now on frames of requests and decisions carry nothing but watermarks. */
  void tellNobody() {
    tellsNobody = true;
  }

  /** Every frame that was sent to a partition of requests and decisions, in order. */
  List<byte[]> correlations(int partition) {
    TopicPartition from = new TopicPartition(topics.correlations().name(), partition);
    List<byte[]> frames = new ArrayList<>();
    log.read(from, 0, log.end(from), each -> frames.add(each.value()));
    return frames;
  }

  /** Every window that was sent, in order. */
  List<WindowRecord> windows() {
    return windows;
  }

  /** Every finding about a loop, in order. */
  List<Finding> findings() {
    return findings;
  }

  /** Everything that was rolled out, in order. */
  List<ChangeEvent> changes() {
    return changes;
  }

  /** Ends that were told, in order, of all partitions. */
  List<Long> ticks() {
    return ticks;
  }

  /** What a source partition has stored of its runs, blocks and which of their runs are dead. */
  int storedOfRuns(int source) {
    return sources.get(source).entries(CombineSpansProcessor.OPEN_RUNS);
  }

  int deadLetters() {
    return deadLetters;
  }

  /** What a subject partition told, in order: windows, ticks and changes. */
  List<RigTask.Out> told(int partition) {
    return told.getOrDefault(partition, List.of());
  }

  private void collect(RigTask task) {
    for (RigTask.Out out : task.take()) {
      if (TOLD.contains(out.sink())) {
        told.computeIfAbsent(task.partition(), p -> new ArrayList<>()).add(out);
      }
      switch (out.sink()) {
        case ObserveTopology.PARTIALS_SINK, ObserveTopology.WAITS_SINK ->
            append(topics.partials(), out);
        case ObserveTopology.DECISIONS_SINK -> append(topics.correlations(), cut(out));
        case ObserveTopology.WINDOWS_SINK -> windows.add(window((byte[]) out.value()));
        case ObserveTopology.FINDINGS_SINK -> findings.add((Finding) out.value());
        case ObserveTopology.CHANGES_SINK -> changes.add((ChangeEvent) out.value());
        case ObserveTopology.TICKS_SINK -> ticks.add(out.timeMs());
        case ObserveTopology.DEAD_SINK -> deadLetters++;
        default -> {}
      }
    }
  }

  private RigTask.Out cut(RigTask.Out out) {
    byte[] frame = (byte[]) out.value();
    return tellsNobody
        ? new RigTask.Out(out.sink(), out.key(), Arrays.copyOf(frame, Frames.HEAD), out.timeMs())
        : out;
  }

  private void append(Topic<?, ?> topic, RigTask.Out out) {
    byte[] key = (byte[]) out.key();
    TopicPartition to = new TopicPartition(topic.name(), ByteBuffer.wrap(key).getInt());
    byte[] frame = (byte[]) out.value();
    log.append(record(to, log.end(to), out.timeMs(), key, frame, new RecordHeaders()));
  }

  WindowRecord window(byte[] value) {
    return serdes
        .value(WindowRecord.class)
        .deserializer()
        .deserialize(topics.windows().name(), value);
  }
}
