package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.wire.RecordFormatException.Reason;
import dev.tidemark.wire.RegistryFixture.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class RegistryAvroDeserializerTest {
  private final String url = "mock://" + UUID.randomUUID();
  private final AvroSerdes serdes = AvroSerdes.of(Map.of(AvroConfig.URL, url));
  private final Serde<AgentSpan> spans = serdes.value(AgentSpan.class);
  private final AgentSpan span = new RandomRecords(7).of(AgentSpan.class);
  private final byte[] good = spans.serializer().serialize("t", span);

  @Test
  void shouldCallZeroBytesEmpty() {
    assertThat(reason(new byte[0])).isEqualTo(Reason.EMPTY_VALUE);
  }

  @Test
  void shouldRecogniseJson() {
    var e = poison("{\"traceId\":\"secret\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(e.reason()).isEqualTo(Reason.NOT_REGISTRY_FRAMED);
    assertThat(e).hasMessageContaining("looks like JSON").hasMessageNotContaining("secret");
  }

  @Test
  void shouldRecogniseWhatHasNoSchemaId() {
    var e = poison(Arrays.copyOfRange(good, 5, good.length));
    assertThat(e.reason()).isEqualTo(Reason.NOT_REGISTRY_FRAMED);
    assertThat(e).hasMessageNotContaining("JSON");
  }

  @Test
  void shouldCallAnUnknownIdByItsNumber() {
    byte[] bytes = good.clone();
    bytes[4] = 99;
    var e = poison(bytes);
    assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA_ID);
    assertThat(e).hasMessageContaining("99");
  }

  @Test
  void shouldRefuseRecordsOfAnotherName() {
    byte[] event =
        serdes
            .value(AgentEvent.class)
            .serializer()
            .serialize("t", new RandomRecords(1).of(AgentEvent.class));
    var e = poison(event);
    assertThat(e.reason()).isEqualTo(Reason.WRONG_SUBJECT);
    assertThat(e)
        .hasMessageContaining("dev.tidemark.records.AgentEvent")
        .hasMessageContaining("dev.tidemark.records.AgentSpan");
  }

  @Test
  void shouldCallEveryCutTruncated() {
    for (int length = 1; length < good.length; length++) {
      assertThat(reason(Arrays.copyOf(good, length))).as("%d", length).isEqualTo(Reason.TRUNCATED);
    }
  }

  @Test
  void shouldRefuseBytesAfterTheRecord() {
    var e = poison(Arrays.copyOf(good, good.length + 3));
    assertThat(e.reason()).isEqualTo(Reason.TRAILING_BYTES);
    assertThat(e).hasMessageContaining("3 bytes");
  }

  /** FAULTS R8: six bytes that declare a string of a gigabyte. */
  @Test
  void shouldNotBelieveALengthOfAGigabyte() {
    byte[] bytes = {0, 0, 0, 0, 1, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x08};
    assertThat(reason(bytes)).isEqualTo(Reason.LENGTH_LIMIT);
  }

  /** A field the reader does not know, so that Avro would skip it item by item. */
  @Test
  void shouldNotCountTwoHundredMillionNulls() {
    Schema bomb =
        SchemaBuilder.record("dev.tidemark.records.AgentSpan")
            .fields()
            .name("nulls")
            .type()
            .array()
            .items()
            .nullType()
            .noDefault()
            .endRecord();
    int id = serdes.registry().register("t-value", bomb, false);
    var bytes = ByteBuffer.allocate(10).put((byte) 0).putInt(id);
    bytes.put(new byte[] {(byte) 0x80, (byte) 0x90, (byte) 0xde, (byte) 0xbe, 0x01});
    assertThat(reason(bytes.array())).isEqualTo(Reason.LENGTH_LIMIT);
  }

  /** FAULTS finding 5: a recursive schema and a long payload overflow Avro's stack. */
  @Test
  void shouldNotFollowARecursiveSchemaForEver() {
    Schema list =
        new Schema.Parser()
            .parse(
                ("{'type':'record','name':'AgentSpan','namespace':'dev.tidemark.records','fields':"
                        + "[{'name':'next','type':['null','AgentSpan']}]}")
                    .replace('\'', '"'));
    int id = serdes.registry().register("t-value", list, false);
    byte[] bytes = new byte[200_000];
    Arrays.fill(bytes, (byte) 2);
    ByteBuffer.wrap(bytes).put((byte) 0).putInt(id);
    assertThat(reason(bytes)).isEqualTo(Reason.TOO_DEEP);
  }

  @Test
  void shouldCallImpossibleChoicesMalformed() {
    Schema choice =
        SchemaBuilder.record("dev.tidemark.records.AgentSpan")
            .fields()
            .optionalInt("a")
            .endRecord();
    int id = serdes.registry().register("t-value", choice, false);
    byte[] bytes = ByteBuffer.allocate(6).put((byte) 0).putInt(id).put((byte) 8).array();
    assertThat(reason(bytes)).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void shouldCallARecordThatLacksRequiredFieldsMalformed() {
    Schema poor =
        SchemaBuilder.record("dev.tidemark.records.AgentSpan")
            .fields()
            .requiredInt("a")
            .endRecord();
    int id = serdes.registry().register("t-value", poor, false);
    byte[] bytes = ByteBuffer.allocate(6).put((byte) 0).putInt(id).put((byte) 8).array();
    var e = poison(bytes);
    assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(e).hasMessageContaining("AgentSpan");
  }

  /** Whatever happens to the bytes, the answer is a record or one of our reasons. */
  @Test
  void shouldAnswerDamageWithAReasonOnly() {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = good.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
      }
      try {
        assertThat(spans.deserializer().deserialize("t", bytes)).isInstanceOf(AgentSpan.class);
      } catch (RecordFormatException e) {
        assertThat(e.reason()).as("seed %d", seed).isNotNull();
      }
    }
  }

  @Test
  void shouldReadConfluentsHeaderForm() {
    byte[] body = Arrays.copyOfRange(good, 5, good.length);
    UUID guid = MockSchemaRegistry.guidOf(serdes.registry().schemaById(1));
    byte[] guidHeader =
        ByteBuffer.allocate(17)
            .put((byte) 1)
            .putLong(guid.getMostSignificantBits())
            .putLong(guid.getLeastSignificantBits())
            .array();
    assertThat(readWithHeader(guidHeader, body)).isEqualTo(span);
    assertThat(readWithHeader(new byte[] {0, 0, 0, 0, 1}, body)).isEqualTo(span);
    assertThatThrownBy(() -> readWithHeader(new byte[] {9}, body))
        .isInstanceOf(RecordFormatException.class);
  }

  @Test
  void shouldReadGenericRecordsUnlessToldOtherwise() {
    var deserializer = new RegistryAvroDeserializer<GenericRecord>();
    deserializer.configure(Map.of(AvroConfig.URL, url), false);
    assertThat(deserializer.deserialize("t", good).get("traceId")).hasToString(span.getTraceId());
  }

  @Test
  void shouldFindTheGeneratedClassByName() {
    var deserializer = new RegistryAvroDeserializer<AgentSpan>();
    deserializer.configure(Map.of(AvroConfig.URL, url, AvroConfig.SPECIFIC, "true"), false);
    assertThat(deserializer.deserialize("t", good)).isEqualTo(span);
  }

  @Test
  void shouldNotSkipOneRecordWhileTheRegistryIsAway() {
    try (var fixture = new RegistryFixture()) {
      Map<String, Object> settings = new HashMap<>();
      settings.put(AvroConfig.URL, fixture.url());
      settings.put(AvroConfig.RETRIES, 0);
      byte[] bytes =
          AvroSerdes.of(settings).value(AgentSpan.class).serializer().serialize("t", span);
      var cold = AvroSerdes.of(settings).value(AgentSpan.class).deserializer();
      fixture.fail(Fault.UNAVAILABLE, 30);
      for (int i = 0; i < 30; i++) {
        assertThatThrownBy(() -> cold.deserialize("t", bytes))
            .isInstanceOf(RegistryUnavailableException.class);
      }
      assertThat(cold.deserialize("t", bytes)).isEqualTo(span);
      fixture.fail(Fault.HANG);
      assertThat(cold.deserialize("t", bytes)).as("warm").isEqualTo(span);
    }
  }

  private AgentSpan readWithHeader(byte[] header, byte[] body) {
    var headers = new RecordHeaders().add("__value_schema_id", header);
    return spans.deserializer().deserialize("t", headers, body);
  }

  private Reason reason(byte[] bytes) {
    return poison(bytes).reason();
  }

  private RecordFormatException poison(byte[] bytes) {
    return catchThrowableOfType(
        RecordFormatException.class, () -> spans.deserializer().deserialize("t", bytes));
  }
}
