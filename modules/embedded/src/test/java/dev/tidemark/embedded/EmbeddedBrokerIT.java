package dev.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.embedded.EmbeddedException.Reason;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  private static final String TOPIC = "things";

  @TempDir Path directory;

  @Test
  void shouldKeepDataAndAddressOverRestart() throws Exception {
    String first;
    try (var broker = EmbeddedBroker.start(directory)) {
      first = broker.bootstrapServers();
      createTopic(first);
      produce(first, "a", "b", "c");
    }
    try (var broker = EmbeddedBroker.start(directory)) {
      assertThat(broker.bootstrapServers()).isEqualTo(first);
      assertThat(consume(first)).containsExactly("a", "b", "c");
    }
  }

  @Test
  void shouldLeaveNoThreadBehind() throws Exception {
    Set<Thread> before = Threads.user();
    try (var broker = EmbeddedBroker.start(directory)) {
      createTopic(broker.bootstrapServers());
    }
    Threads.awaitOnly(before);
  }

  @Test
  void shouldNameThePortThatIsTaken() throws Exception {
    Set<Thread> before = Threads.user();
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      var refusal =
          catchThrowableOfType(
              EmbeddedException.class, () -> EmbeddedBroker.start(directory, port));
      assertThat(refusal.reason()).isEqualTo(Reason.PORT_IN_USE);
      assertThat(refusal)
          .hasMessage(
              "port %d of 127.0.0.1 is in use, so the broker cannot start: stop what listens there,"
                  + " or start the broker with another port",
              port);
    }
    Threads.awaitOnly(before);
  }

  @Test
  void shouldRefuseASecondBrokerOnTheDirectory() {
    try (var broker = EmbeddedBroker.start(directory)) {
      var refusal =
          catchThrowableOfType(EmbeddedException.class, () -> EmbeddedBroker.start(directory));
      assertThat(refusal.reason()).isEqualTo(Reason.DIRECTORY_IN_USE);
      assertThat(refusal).hasMessageContaining(directory.toString());
      assertThat(broker.directory()).isEqualTo(directory);
    }
  }

  @Test
  void shouldNameADirectoryThatCannotBeWritten() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    var refusal = catchThrowableOfType(EmbeddedException.class, () -> EmbeddedBroker.start(file));
    assertThat(refusal.reason()).isEqualTo(Reason.DIRECTORY_UNUSABLE);
    assertThat(refusal).hasMessageContaining(file.toString());
  }

  private static void createTopic(String servers) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static void produce(String servers, String... values) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", servers, "transactional.id", "t", "acks", "all");
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      var aborted = producer.send(new ProducerRecord<>(TOPIC, "aborted"));
      producer.flush();
      producer.abortTransaction();
      assertThat(aborted).isDone();
      producer.beginTransaction();
      for (String value : values) {
        var unused = producer.send(new ProducerRecord<>(TOPIC, value));
      }
      producer.commitTransaction();
    }
  }

  private static List<String> consume(String servers) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", servers, "isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      var partition = new TopicPartition(TOPIC, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      var values = new ArrayList<String>();
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }
}
