package dev.tidemark.streams.evidence;

import dev.tidemark.core.audit.AuditChain;
import dev.tidemark.core.bytes.ByteReader;
import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.AuditEntry;
import dev.tidemark.records.FailMode;
import dev.tidemark.records.HumanDecision;
import dev.tidemark.records.Outcome;
import dev.tidemark.records.Verdict;
import dev.tidemark.streams.topology.Counts;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.ErasureMark;
import dev.tidemark.wire.FlatRecord;
import dev.tidemark.wire.FlatRecords;
import dev.tidemark.wire.RecordFormatException;
import dev.tidemark.wire.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Appends every record that carries a verdict, a denial or a human decision, and every erasure, to
 * the chain of its partition. The head of the chain is stored in the transaction that writes the
 * entry, so an entry is written once whatever happens. What cannot be read is observe's to refuse
 * and only counted.
 */
final class ChainVerdictsProcessor implements Processor<byte[], byte[], String, AuditEntry> {
  static final String HEADS = "audit-heads";
  private static final String HEAD = "head";
  private static final String ROOM = "evidence";
  private static final byte[] NOTHING = {};

  private final Topics topics;
  private final Fields<AgentSpan> spans;
  private final Fields<AgentEvent> events;
  private ProcessorContext<String, AuditEntry> context;
  private Counts counts;
  private KeyValueStore<String, byte[]> heads;

  ChainVerdictsProcessor(Topics topics, AvroSerdes serdes) {
    this.topics = topics;
    this.spans = new Fields<>(new FlatRecords<>(serdes, AgentSpan.class), "endMs", true);
    this.events = new Fields<>(new FlatRecords<>(serdes, AgentEvent.class), "timeMs", false);
  }

  @Override
  public void init(ProcessorContext<String, AuditEntry> processorContext) {
    context = processorContext;
    counts = new Counts(context, ROOM);
    heads = context.getStateStore(HEADS);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    var at = context.recordMetadata().orElseThrow();
    if (record.value() == null) {
      if (record.key() == null) {
        ErasureMark.in(record.headers()).ifPresent(mark -> append(entry(mark, record), at, record));
      }
      return;
    }
    try {
      Fields<?> fields = at.topic().equals(topics.spans().name()) ? spans : events;
      FlatRecord read = fields.records.read(at.topic(), record.headers(), record.value());
      if (fields.decides(read)) {
        append(fields.entry(read), at, record);
      }
    } catch (RecordFormatException e) {
      counts.record("unaudited");
    }
  }

  private void append(AuditEntry entry, RecordMetadata at, Record<byte[], byte[]> record) {
    entry.setChain(context.taskId().partition());
    entry.setTopic(at.topic());
    entry.setPartition(at.partition());
    entry.setOffset(at.offset());
    entry.setRecordHash(AuditChain.sha256(record.value() == null ? NOTHING : record.value()));
    link(entry);
    counts.record("audited");
    context.forward(new Record<>(Integer.toString(entry.getChain()), entry, record.timestamp()));
  }

  /** That runs were erased is told once for all of them, not by whom they were. */
  private static AuditEntry entry(ErasureMark mark, Record<byte[], byte[]> record) {
    var entry = new AuditEntry();
    entry.setTimeMs(record.timestamp());
    entry.setErased(mark.scope());
    entry.setErasedRuns(mark.runs());
    return entry;
  }

  private void link(AuditEntry entry) {
    byte[] head = heads.get(HEAD);
    long sequence = 0;
    String last = AuditChain.NOTHING;
    if (head != null) {
      var in = new ByteReader().on(head, 0, head.length);
      sequence = in.number() + 1;
      last = in.text();
    }
    AuditChain.link(entry, sequence, last);
    heads.put(HEAD, new ByteWriter(80).number(sequence).text(entry.getHash()).toBytes());
  }

  /** Where a record says who decided what. */
  private static final class Fields<T extends SpecificRecord> {
    private static final Verdict[] VERDICTS = Verdict.values();
    private static final FailMode[] FAIL_MODES = FailMode.values();
    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final HumanDecision[] DECISIONS = HumanDecision.values();
    final FlatRecords<T> records;
    private final int time;
    private final int outcome;
    private final int tool;
    private final int policyId;
    private final int policyVersion;
    private final int rule;
    private final int verdict;
    private final int enforced;
    private final int failMode;
    private final int decision;

    Fields(FlatRecords<T> records, String time, boolean ends) {
      this.records = records;
      this.time = records.field(time);
      this.outcome = ends ? records.field("outcome") : -1;
      this.tool = records.field("toolName");
      this.policyId = records.field("policyId");
      this.policyVersion = records.field("policyVersion");
      this.rule = records.field("policyRule");
      this.verdict = records.field("verdict");
      this.enforced = records.field("enforced");
      this.failMode = records.field("failMode");
      this.decision = records.field("humanDecision");
    }

    boolean decides(FlatRecord read) {
      Outcome ended = outcome(read);
      return read.has(verdict)
          || read.has(enforced)
          || read.has(decision)
          || ended == Outcome.DENIED
          || ended == Outcome.REJECTED;
    }

    private Outcome outcome(FlatRecord read) {
      return outcome < 0 ? null : of(OUTCOMES, read, outcome);
    }

    AuditEntry entry(FlatRecord read) {
      var entry = new AuditEntry();
      entry.setTimeMs(read.number(time));
      entry.setToolName(read.text(tool));
      entry.setPolicyId(read.text(policyId));
      entry.setPolicyVersion(read.text(policyVersion));
      entry.setPolicyRule(read.text(rule));
      entry.setVerdict(of(VERDICTS, read, verdict));
      entry.setEnforced(of(VERDICTS, read, enforced));
      entry.setFailMode(of(FAIL_MODES, read, failMode));
      entry.setOutcome(outcome(read));
      entry.setHumanDecision(of(DECISIONS, read, decision));
      return entry;
    }

    private static <E> E of(E[] values, FlatRecord read, int field) {
      return read.has(field) ? values[(int) read.number(field)] : null;
    }
  }
}
