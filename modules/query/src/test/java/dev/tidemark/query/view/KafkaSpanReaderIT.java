package dev.tidemark.query.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.query.Records;
import dev.tidemark.records.AgentEvidence;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.EvidenceKind;
import dev.tidemark.records.SpanKind;
import dev.tidemark.testkit.TestCluster;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.RecordKeys;
import dev.tidemark.wire.Topics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaSpanReaderIT {
  private static final int OTHERS = 2_500;
  private final TestCluster cluster = TestCluster.shared();
  private final Topics topics = Topics.prefixed(cluster.uniquePrefix());
  private final AvroSerdes serdes = AvroSerdes.of(cluster.clientConfig());
  private KafkaSpanReader reader;

  @BeforeEach
  void open() {
    cluster.createTopics(topics, 1);
    reader = KafkaSpanReader.open(cluster.clientConfig(), topics, serdes);
  }

  @AfterEach
  void close() {
    reader.close();
  }

  /** Span 1 is followed by many spans of other runs: the reader jumps over them. */
  @Test
  void shouldReadExactlyTheSpansOfTheRun() throws Exception {
    produceRun();

    SpanReader.Records records = reader.read(run(0, 1, OTHERS + 2));

    assertThat(records.spans())
        .extracting(AgentSpan::getSpanId)
        .containsExactly(Records.span(1), Records.span(2), Records.span(3));
    assertThat(records.note()).isNull();
  }

  @Test
  void shouldSayWhatRetentionHasTaken() throws Exception {
    produceRun();
    try (Admin admin = Admin.create(cluster.clientConfig())) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(topics.spans().name(), 0), RecordsToDelete.beforeOffset(2)))
          .all()
          .get();
    }

    SpanReader.Records records = reader.read(run(0, 1, OTHERS + 2));

    assertThat(records.spans()).extracting(AgentSpan::getSpanId).containsExactly(Records.span(3));
    assertThat(records.expired()).isEqualTo(2);
    assertThat(records.note()).startsWith("2 of 3 records have expired");
  }

  /** A copy of span 1 was made, of span 2 there is none; copies of others stand between. */
  @Test
  void shouldReadWhatRetentionHasTakenFromItsCopies() throws Exception {
    produceRun();
    var evidence = serdes.value(AgentEvidence.class).serializer();
    var spans = serdes.value(AgentSpan.class).serializer();
    try (var producer =
        new KafkaProducer<>(
            new HashMap<>(cluster.clientConfig()), new StringSerializer(), evidence)) {
      for (int offset : List.of(7, 0, 0)) {
        AgentSpan span = span(1, offset == 0 ? 1 : 9).value();
        byte[] value = spans.serialize(topics.spans().name(), span);
        var copy =
            new AgentEvidence(
                span.getTraceId(),
                EvidenceKind.SPAN,
                0,
                (long) offset,
                1L,
                List.of("FAILED"),
                ByteBuffer.wrap(value),
                null);
        long stampMs = run(0).getEndMs() + 60_000;
        producer
            .send(
                new ProducerRecord<>(
                    topics.evidence().name(), 0, stampMs, RecordKeys.copy(copy), copy))
            .get();
      }
    }
    try (Admin admin = Admin.create(cluster.clientConfig())) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(topics.spans().name(), 0), RecordsToDelete.beforeOffset(2)))
          .all()
          .get();
    }

    SpanReader.Records records = reader.read(run(0, 1, OTHERS + 2));

    assertThat(records.spans())
        .extracting(AgentSpan::getSpanId)
        .containsExactly(Records.span(1), Records.span(3));
    assertThat(records.expired()).isEqualTo(1);
    assertThat(records.note()).startsWith("1 of 3 records have expired");
  }

  @Test
  void shouldNotShowSpansOfAnotherRun() throws Exception {
    produceRun();

    SpanReader.Records records = reader.read(run(0, 5));

    assertThat(records.spans()).hasSize(1);
    assertThat(records.unread()).isEqualTo(1);
    assertThat(records.note()).contains("1 of 2 records were not read back");
  }

  private static AgentRun run(long... offsets) {
    var coded = new ArrayList<Long>();
    long before = 0;
    for (long offset : offsets) {
      coded.add(offset - before);
      before = offset;
    }
    return Records.run(1).setSpanOffsets(coded).setEventOffsets(List.of()).build();
  }

  private void produceRun() throws ExecutionException, InterruptedException {
    Map<String, Object> config = new HashMap<>(cluster.clientConfig());
    try (var producer =
        new KafkaProducer<>(
            config, new StringSerializer(), serdes.value(AgentSpan.class).serializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      sent.add(producer.send(span(1, 1)));
      sent.add(producer.send(span(1, 2)));
      for (int i = 0; i < OTHERS; i++) {
        sent.add(producer.send(span(2, 9)));
      }
      sent.add(producer.send(span(1, 3)));
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  private ProducerRecord<String, AgentSpan> span(int trace, int span) {
    AgentSpan value =
        Records.span(span, null, SpanKind.STEP, "step").setTraceId(Records.trace(trace)).build();
    return new ProducerRecord<>(topics.spans().name(), 0, value.getTraceId(), value);
  }
}
