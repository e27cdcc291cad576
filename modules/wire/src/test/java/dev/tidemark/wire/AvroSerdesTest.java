package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.records.AgentSpan;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvroSerdesTest {
  private static final RegistryFixture REGISTRY = new RegistryFixture();
  private static final AvroSerdes SERDES =
      AvroSerdes.of(Map.of(AvroConfig.URL, "mock://avro-serdes"));
  private static final AvroSerdes OVER_HTTP = AvroSerdes.of(Map.of(AvroConfig.URL, REGISTRY.url()));

  static Stream<Topic<?, ?>> topics() {
    return Topics.plain().all().stream();
  }

  @AfterAll
  static void close() {
    REGISTRY.close();
  }

  @ParameterizedTest
  @MethodSource("topics")
  void shouldBringValuesOfEveryTopicBack(Topic<?, ?> topic) {
    roundTrips(topic.name(), false, topic.valueType());
  }

  @ParameterizedTest
  @MethodSource("topics")
  void shouldBringKeysOfEveryTopicBack(Topic<?, ?> topic) {
    roundTrips(topic.name(), true, topic.keyType());
  }

  @Test
  void shouldKeepTombstones() {
    Serde<AgentSpan> serde = SERDES.value(AgentSpan.class);
    assertThat(serde.serializer().serialize("t", null)).isNull();
    assertThat(serde.deserializer().deserialize("t", null)).isNull();
  }

  @Test
  void shouldRegisterLanguageNeutralSchemas() {
    SERDES
        .value(AgentSpan.class)
        .serializer()
        .serialize("neutral", new RandomRecords(1).of(AgentSpan.class));
    String registered = SERDES.registry().latest("neutral-value").schema().toString();
    assertThat(registered).doesNotContain("avro.java.string").contains("traceId");
  }

  @Test
  void shouldNameTheSettingOfAClassThatIsMissing() {
    var serdes =
        AvroSerdes.of(Map.of(AvroConfig.URL, "mock://x", AvroConfig.SERIALIZER, "no.such.Class"));
    assertThatThrownBy(() -> serdes.value(AgentSpan.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("tidemark.avro.serializer=no.such.Class");
  }

  @Test
  void shouldAskForTheAddressOfTheRegistry() {
    assertThatThrownBy(() -> AvroSerdes.of(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("schema.registry.url is not set");
  }

  private static <T> void roundTrips(String topic, boolean key, Class<T> type) {
    for (AvroSerdes serdes : List.of(SERDES, OVER_HTTP)) {
      roundTrips(topic, key ? serdes.key(type) : serdes.value(type), type);
    }
  }

  private static <T> void roundTrips(String topic, Serde<T> serde, Class<T> type) {
    for (int seed = 0; seed < 20; seed++) {
      T value = sample(type, seed);
      byte[] bytes = serde.serializer().serialize(topic, value);
      T back = serde.deserializer().deserialize(topic, bytes);
      assertThat(back).as("seed %d", seed).isEqualTo(value);
    }
  }

  private static <T> T sample(Class<T> type, long seed) {
    if (type == String.class) {
      return type.cast("key-" + seed);
    }
    if (type == byte[].class) {
      return type.cast(new byte[] {1, (byte) seed});
    }
    return type.cast(new RandomRecords(seed).of(type.asSubclass(SpecificRecord.class)));
  }
}
