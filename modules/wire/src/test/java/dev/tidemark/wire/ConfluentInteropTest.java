package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.wire.RecordFormatException.Reason;
import dev.tidemark.wire.RegistryFixture.Fault;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ours against Confluent's {@code KafkaAvroSerializer} and {@code KafkaAvroDeserializer}, the real
 * classes found by name, both talking to one registry over HTTP. Runs in the profile {@code
 * interop} only.
 */
class ConfluentInteropTest {
  private static final String CONFLUENT = "io.confluent.kafka.serializers.";
  private static final RegistryFixture REGISTRY = new RegistryFixture();

  @AfterAll
  static void close() {
    REGISTRY.close();
  }

  static Stream<Topic<?, ?>> topics() {
    return Topics.plain().all().stream()
        .filter(topic -> SpecificRecord.class.isAssignableFrom(topic.valueType()));
  }

  @ParameterizedTest
  @MethodSource("topics")
  void shouldWriteTheSameBytesAndReadEachOther(Topic<?, ?> topic) {
    exchange(topic.name(), topic.valueType().asSubclass(SpecificRecord.class), Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void shouldAgreeOnJavaProperties(String remove) {
    exchange("java-" + remove, AgentSpan.class, Map.of(AvroConfig.REMOVE_JAVA, remove));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TopicNameStrategy", "RecordNameStrategy", "TopicRecordNameStrategy"})
  void shouldAgreeOnSubjects(String strategy) {
    String name = CONFLUENT + "subject." + strategy;
    exchange("subjects-" + strategy, AgentEvent.class, Map.of(AvroConfig.VALUE_NAMING, name));
  }

  @Test
  void shouldAgreeOnRandomRecordsOfRandomSchemas() throws Exception {
    var ours = new RegistryAvroSerializer<Object>();
    Serializer<Object> theirs = theirSerializer();
    var ourReader = new RegistryAvroDeserializer<GenericRecord>();
    Deserializer<Object> theirReader = theirDeserializer();
    Map<String, Object> settings = settings(Map.of());
    ours.configure(settings, false);
    theirs.configure(settings, false);
    ourReader.configure(settings, false);
    theirReader.configure(settings, false);
    for (int seed = 0; seed < 300; seed++) {
      var random = new RandomRecords(seed);
      Schema schema = random.schema("R" + seed);
      GenericRecord record = random.of(schema);
      byte[] bytes = ours.serialize("random", record);
      assertThat(theirs.serialize("random", record)).as("seed %d", seed).isEqualTo(bytes);
      Object read = ourReader.deserialize("random", bytes);
      assertThat(theirReader.deserialize("random", bytes)).as("seed %d", seed).isEqualTo(read);
    }
  }

  @Test
  void shouldFollowTheLatestVersionAsTheyDo() throws Exception {
    Schema one = Schema.createRecord("Latest", null, "x.y", false);
    one.setFields(java.util.List.of(field("id", Schema.Type.STRING, null)));
    Schema two = Schema.createRecord("Latest", null, "x.y", false);
    two.setFields(
        java.util.List.of(field("id", Schema.Type.STRING, null), field("n", Schema.Type.INT, 7)));
    REGISTRY.add("latest-value", one);
    REGISTRY.add("latest-value", two);
    var record = new org.apache.avro.generic.GenericRecordBuilder(two).set("id", "a").build();
    Map<String, Object> settings =
        settings(Map.of(AvroConfig.AUTO_REGISTER, false, AvroConfig.USE_LATEST, true));
    var ours = new RegistryAvroSerializer<Object>();
    Serializer<Object> theirs = theirSerializer();
    ours.configure(settings, false);
    theirs.configure(settings, false);
    assertThat(ours.serialize("latest", record)).isEqualTo(theirs.serialize("latest", record));
  }

  @Test
  void shouldPlugInByName() {
    Serde<AgentSpan> serde = plugged(REGISTRY.url()).value(AgentSpan.class);
    AgentSpan span = new RandomRecords(5).of(AgentSpan.class);
    byte[] bytes = serde.serializer().serialize("plugged", span);
    assertThat(serde.deserializer().deserialize("plugged", bytes)).isEqualTo(span);
  }

  @Test
  void shouldTellTheirPoisonFromTheirOutages() {
    var reader = plugged(REGISTRY.url()).value(AgentSpan.class).deserializer();
    AvroSerdes ours = AvroSerdes.of(settings(Map.of()));
    byte[] event =
        ours.value(AgentEvent.class)
            .serializer()
            .serialize("mixed", new RandomRecords(1).of(AgentEvent.class));
    assertThat(reason(reader, event)).isEqualTo(Reason.WRONG_SUBJECT);
    assertThat(reason(reader, HexFormat.of().parseHex("7b22")))
        .isEqualTo(Reason.NOT_REGISTRY_FRAMED);
    assertThat(reason(reader, HexFormat.of().parseHex("00000fffff02")))
        .isEqualTo(Reason.UNKNOWN_SCHEMA_ID);
    assertThat(reason(reader, java.util.Arrays.copyOf(event, 9))).isEqualTo(Reason.MALFORMED);
    for (Fault fault : new Fault[] {Fault.UNAVAILABLE, Fault.UNAUTHORIZED, Fault.OVERLOADED}) {
      try (var away = new RegistryFixture()) {
        var cold = plugged(away.url()).value(AgentSpan.class).deserializer();
        away.fail(fault);
        assertThat(catchThrowableOfType(Exception.class, () -> cold.deserialize("mixed", event)))
            .as("%s", fault)
            .isInstanceOf(RegistryUnavailableException.class);
      }
    }
    var gone = new RegistryFixture();
    gone.close();
    var cold = plugged(gone.url()).value(AgentSpan.class).deserializer();
    assertThat(catchThrowableOfType(Exception.class, () -> cold.deserialize("mixed", event)))
        .isInstanceOf(RegistryUnavailableException.class);
  }

  private static <T extends SpecificRecord> void exchange(
      String topic, Class<T> type, Map<String, Object> extra) {
    Map<String, Object> settings = settings(extra);
    Serde<T> ours = AvroSerdes.of(settings).value(type);
    settings.put(AvroConfig.SERIALIZER, CONFLUENT + "KafkaAvroSerializer");
    settings.put(AvroConfig.DESERIALIZER, CONFLUENT + "KafkaAvroDeserializer");
    Serde<T> theirs = AvroSerdes.of(settings).value(type);
    for (int seed = 0; seed < 30; seed++) {
      T record = new RandomRecords(seed).of(type);
      byte[] bytes = ours.serializer().serialize(topic, record);
      assertThat(theirs.serializer().serialize(topic, record)).as("seed %d", seed).isEqualTo(bytes);
      assertThat(theirs.deserializer().deserialize(topic, bytes)).isEqualTo(record);
      assertThat(ours.deserializer().deserialize(topic, bytes)).isEqualTo(record);
    }
  }

  private static Reason reason(Deserializer<?> reader, byte[] bytes) {
    return catchThrowableOfType(
            RecordFormatException.class, () -> reader.deserialize("mixed", bytes))
        .reason();
  }

  private static AvroSerdes plugged(String url) {
    Map<String, Object> settings = settings(Map.of(AvroConfig.URL, url));
    settings.put(AvroConfig.SERIALIZER, CONFLUENT + "KafkaAvroSerializer");
    settings.put(AvroConfig.DESERIALIZER, CONFLUENT + "KafkaAvroDeserializer");
    return AvroSerdes.of(settings);
  }

  private static Map<String, Object> settings(Map<String, Object> extra) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(AvroConfig.URL, REGISTRY.url());
    settings.put(AvroConfig.RETRIES, 1);
    settings.put(AvroConfig.RETRY_WAIT_MS, 1);
    settings.putAll(extra);
    return settings;
  }

  private static Schema.Field field(String name, Schema.Type type, Object byDefault) {
    return new Schema.Field(name, Schema.create(type), null, byDefault);
  }

  @SuppressWarnings("unchecked") // KafkaAvroSerializer is a Serializer<Object>.
  private static Serializer<Object> theirSerializer() throws ReflectiveOperationException {
    return (Serializer<Object>) make("KafkaAvroSerializer");
  }

  @SuppressWarnings("unchecked") // KafkaAvroDeserializer is a Deserializer<Object>.
  private static Deserializer<Object> theirDeserializer() throws ReflectiveOperationException {
    return (Deserializer<Object>) make("KafkaAvroDeserializer");
  }

  private static Object make(String name) throws ReflectiveOperationException {
    return Class.forName(CONFLUENT + name).getDeclaredConstructor().newInstance();
  }
}
