package dev.tidemark.streams.evidence;

import dev.tidemark.core.evidence.KeepRule;
import dev.tidemark.core.evidence.Reason;
import dev.tidemark.records.AgentEvidence;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.EvidenceKind;
import dev.tidemark.streams.topology.Counts;
import dev.tidemark.streams.topology.DeadLetters;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.RecordFormatException;
import dev.tidemark.wire.RecordKeys;
import dev.tidemark.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Decides over every run when its summary comes, again when it is revised, and when an alert shows
 * it; has its records copied. Which of run and alert is read first makes no difference: each is
 * remembered until the other comes.
 */
final class KeepRunsProcessor implements Processor<byte[], byte[], Object, Object> {
  static final String RUNS = "evidence-runs";
  static final String TAILS = "evidence-tails";
  static final String COPIES = "evidence-copies";
  static final Duration TURN = Duration.ofMillis(100);
  private static final String ROOM = "evidence";

  private final EvidenceConfig config;
  private final Topics topics;
  private final Copier.Source copiers;
  private final KeepRule rule;
  private final Deserializer<AgentRun> summaries;
  private ProcessorContext<Object, Object> context;
  private Counts counts;
  private KnownRuns runs;
  private Tails tails;
  private Copier copier;
  private Copies copies;

  KeepRunsProcessor(
      EvidenceConfig config, Topics topics, AvroSerdes serdes, Copier.Source copiers) {
    this.config = config;
    this.topics = topics;
    this.copiers = copiers;
    this.rule = new KeepRule(config.share());
    this.summaries = serdes.value(AgentRun.class).deserializer();
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    counts = new Counts(context, ROOM);
    runs = new KnownRuns(context.getStateStore(RUNS));
    tails = new Tails(context.getStateStore(TAILS), config.tailRuns());
    copier = copiers.open(context.applicationId(), context.appConfigs(), topics);
    copies = new Copies(config, context.getStateStore(COPIES), copier, counts, this::write);
    context.schedule(
        TURN,
        PunctuationType.WALL_CLOCK_TIME,
        now -> copies.turn(now, context.currentStreamTimeMs()));
  }

  private void write(AgentEvidence copy, long stampMs) {
    context.forward(
        new Record<>(RecordKeys.copy(copy), copy, stampMs), EvidenceTopology.EVIDENCE_SINK);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    var at = context.recordMetadata().orElseThrow();
    if (record.key() == null || record.value() == null) {
      counts.record("tombstones");
      if (record.key() != null && at.topic().equals(topics.runs().name())) {
        forget(new String(record.key(), StandardCharsets.UTF_8), record.timestamp());
      }
      return;
    }
    if (at.topic().equals(topics.pins().name())) {
      pin(new String(record.key(), StandardCharsets.UTF_8), record.timestamp());
      return;
    }
    try {
      take(summaries.deserialize(at.topic(), record.headers(), record.value()), record.timestamp());
    } catch (RecordFormatException e) {
      counts.record("rejected");
      context.forward(
          DeadLetters.of(at, record, ROOM, e.reason().name(), e.getMessage()),
          EvidenceTopology.RUNS_DEAD_SINK);
    }
  }

  private void take(AgentRun run, long arrivalMs) {
    String traceId = run.getTraceId();
    Known before = runs.get(traceId);
    int reasons =
        Reason.mask(rule.reasons(run, tails.slowMs(run), tails.costlyMicros(run)))
            | before.reasons();
    if (run.getRevision() == 0 && before.at().isEmpty()) {
      tails.add(run);
    }
    long stampMs = Math.max(arrivalMs, run.getEndMs());
    Coordinates all = Coordinates.of(run);
    if (reasons != 0) {
      // What was known of a run that was kept has been asked for before.
      copies.want(
          traceId, reasons, stampMs, before.reasons() == 0 ? all : all.without(before.at()));
      counts.record(before.reasons() == 0 || before.at().isEmpty() ? "kept" : "kept-revised");
    } else {
      counts.record("let-go");
    }
    runs.put(traceId, new Known(reasons, stampMs, all), context.currentStreamTimeMs());
  }

  /** A summary without a value erases the run here and its copies, as far as they are known. */
  private void forget(String traceId, long stampMs) {
    Known known = runs.get(traceId);
    copies.forget(traceId);
    runs.forget(traceId);
    if (known.reasons() != 0) {
      counts.record("erased");
      Coordinates at = known.at();
      at.spans().forEach(offset -> erase(traceId, EvidenceKind.SPAN, at, offset, stampMs));
      at.events().forEach(offset -> erase(traceId, EvidenceKind.EVENT, at, offset, stampMs));
    }
  }

  private void erase(String traceId, EvidenceKind kind, Coordinates at, long offset, long stampMs) {
    context.forward(
        new Record<>(RecordKeys.copy(traceId, kind, at.partition(), offset), null, stampMs),
        EvidenceTopology.EVIDENCE_SINK);
  }

  private void pin(String traceId, long alertMs) {
    Known before = runs.get(traceId);
    int reasons = before.reasons() | Reason.EXEMPLAR.bit();
    if (reasons == before.reasons()) {
      return;
    }
    counts.record("pinned");
    if (before.reasons() == 0) {
      copies.want(traceId, reasons, Math.max(before.stampMs(), alertMs), before.at());
    }
    runs.put(
        traceId, new Known(reasons, before.stampMs(), before.at()), context.currentStreamTimeMs());
  }

  @Override
  public void close() {
    copier.close();
  }
}
