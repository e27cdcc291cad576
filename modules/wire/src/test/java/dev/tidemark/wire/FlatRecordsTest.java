package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

/** Read field by field or through Avro: the same fields, the same refusals. */
class FlatRecordsTest {
  private static final String TOPIC = "spans";
  private final AvroSerdes serdes = AvroSerdes.of(Map.of("schema.registry.url", "mock://flat"));

  @Test
  void shouldReadWhatAvroReads() {
    sameAsAvro(AgentSpan.class);
    sameAsAvro(AgentEvent.class);
  }

  private <T extends SpecificRecord> void sameAsAvro(Class<T> type) {
    var random = new RandomRecords(7);
    FlatRecords<T> records = new FlatRecords<>(serdes, type);
    for (int i = 0; i < 2_000; i++) {
      T expected = random.of(type);
      byte[] value = serdes.value(type).serializer().serialize(TOPIC, expected);
      assertSame(records.read(TOPIC, new RecordHeaders(), value), expected);
      assertSame(records.of(expected), expected);
    }
  }

  @Test
  void shouldRefuseWhatAvroRefuses() {
    Random random = new Random(11);
    Deserializer<AgentSpan> avro = serdes.value(AgentSpan.class).deserializer();
    FlatRecords<AgentSpan> records = new FlatRecords<>(serdes, AgentSpan.class);
    AgentSpan span = new RandomRecords(3).of(AgentSpan.class);
    byte[] good = serdes.value(AgentSpan.class).serializer().serialize(TOPIC, span);
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = damaged(good, random);
      AgentSpan[] read = new AgentSpan[1];
      Throwable expected =
          catchThrowable(() -> read[0] = avro.deserialize(TOPIC, new RecordHeaders(), bad));
      Throwable actual = catchThrowable(() -> records.read(TOPIC, new RecordHeaders(), bad));
      if (expected == null) {
        assertThat(actual).as("damage %d", i).isNull();
        assertSame(records.read(TOPIC, new RecordHeaders(), bad), read[0]);
      } else {
        assertThat(actual).as("damage %d", i).hasMessage(expected.getMessage());
      }
    }
  }

  private static byte[] damaged(byte[] good, Random random) {
    byte[] bad = Arrays.copyOf(good, good.length - (random.nextInt(3) == 0 ? 1 : 0));
    for (int n = random.nextInt(3); n >= 0; n--) {
      bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
    }
    return bad;
  }

  private static void assertSame(FlatRecord actual, SpecificRecord expected) {
    for (Schema.Field field : expected.getSchema().getFields()) {
      int at = field.pos();
      Object value = expected.get(at);
      assertThat(actual.has(at)).as(field.name()).isEqualTo(value != null);
      if (value instanceof String text) {
        assertThat(actual.text(at)).as(field.name()).isEqualTo(text);
      } else if (value instanceof Double real) {
        assertThat(actual.real(at)).as(field.name()).isEqualTo(real);
      } else if (value instanceof Enum<?>) {
        assertThat(actual.number(at)).as(field.name()).isEqualTo(ordinal(field, value));
      } else if (value instanceof Boolean flag) {
        assertThat(actual.number(at)).as(field.name()).isEqualTo(flag ? 1 : 0);
      } else if (value instanceof Number number) {
        assertThat(actual.number(at)).as(field.name()).isEqualTo(number.longValue());
      }
    }
  }

  private static long ordinal(Schema.Field field, Object symbol) {
    boolean union = field.schema().getType() == Schema.Type.UNION;
    Schema plain = union ? field.schema().getTypes().get(1) : field.schema();
    return plain.getEnumOrdinal(symbol.toString());
  }
}
