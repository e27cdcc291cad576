package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidemark.records.AgentSpan;
import dev.tidemark.wire.RecordFormatException.Reason;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForeignDeserializerTest {
  private static final byte[] FRAMED = {0, 0, 0, 0, 1, 2};

  static Stream<RuntimeException> outages() {
    return Stream.of(
        new SerializationException("fetch", new ConnectException("refused")),
        new SerializationException("fetch", new UnknownHostException("registry")),
        new TimeoutException("slow"),
        new AuthenticationException("401"));
  }

  @ParameterizedTest
  @MethodSource("outages")
  void shouldTellAnOutageFromPoison(RuntimeException failure) {
    assertThat(read(failing(failure), FRAMED))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("schema.registry.url")
        .hasCause(failure);
  }

  @Test
  void shouldTellPoisonFromAnOutage() {
    var damaged = new SerializationException("decode", new EOFException());
    assertThat(reason(failing(damaged), FRAMED)).isEqualTo(Reason.MALFORMED);
    assertThat(reason(failing(damaged), new byte[0])).isEqualTo(Reason.EMPTY_VALUE);
    assertThat(reason(failing(damaged), new byte[] {'{'})).isEqualTo(Reason.NOT_REGISTRY_FRAMED);
  }

  @Test
  void shouldCatchAStackOverflow() {
    Deserializer<AgentSpan> endless =
        (topic, data) -> {
          throw new StackOverflowError();
        };
    assertThat(reason(endless, FRAMED)).isEqualTo(Reason.TOO_DEEP);
  }

  @Test
  void shouldRefuseAnotherRecord() {
    @SuppressWarnings({"unchecked", "rawtypes"}) // What a class named in settings may do.
    Deserializer<AgentSpan> other = (Deserializer) (Deserializer<Object>) (topic, data) -> "text";
    assertThat(reason(other, FRAMED)).isEqualTo(Reason.WRONG_SUBJECT);
  }

  @Test
  void shouldLetBugsPass() {
    assertThat(read(failing(new IllegalStateException("bug")), FRAMED))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldBePutAroundClassesThatAreNotOurs() {
    var serdes =
        AvroSerdes.of(
            Map.of(
                AvroConfig.URL,
                "mock://" + UUID.randomUUID(),
                AvroConfig.DESERIALIZER,
                Refused.class.getName()));
    var reader = serdes.value(AgentSpan.class).deserializer();
    assertThat(read(reader, FRAMED)).isInstanceOf(RegistryUnavailableException.class);
    assertThat(catchThrowable(() -> wrongContract().value(AgentSpan.class)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cannot be used as a Serializer");
  }

  /** A deserializer of somebody else whose registry refuses the connection. */
  public static final class Refused implements Deserializer<Object> {
    @Override
    public Object deserialize(String topic, byte[] data) {
      throw new SerializationException("fetch", new ConnectException("refused"));
    }
  }

  private static AvroSerdes wrongContract() {
    return AvroSerdes.of(
        Map.of(AvroConfig.URL, "mock://x", AvroConfig.SERIALIZER, Refused.class.getName()));
  }

  private static Deserializer<AgentSpan> failing(RuntimeException failure) {
    return (topic, data) -> {
      throw failure;
    };
  }

  private static Reason reason(Deserializer<AgentSpan> foreign, byte[] data) {
    return ((RecordFormatException) read(foreign, data)).reason();
  }

  private static Throwable read(Deserializer<AgentSpan> foreign, byte[] data) {
    Deserializer<AgentSpan> guarded =
        foreign instanceof ForeignDeserializer<AgentSpan>
            ? foreign
            : new ForeignDeserializer<>(AgentSpan.class, foreign);
    return catchThrowable(() -> guarded.deserialize("t", data));
  }
}
