package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.SpanKind;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Old agents with a new application, and new agents with an old one. */
class SchemaEvolutionTest {
  private final Map<String, Object> settings =
      Map.of(AvroConfig.URL, "mock://" + UUID.randomUUID());

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void shouldReadRecordsOfALaterProgram(int seed) throws IOException {
    AgentSpan span = new RandomRecords(seed).of(AgentSpan.class);
    Schema later = later();
    GenericRecord future = copy(span, later);
    future.put("kind", new GenericData.EnumSymbol(field(later, "kind"), "DREAM"));
    future.put("invented", "tomorrow");
    AgentSpan read =
        AvroSerdes.of(settings)
            .value(AgentSpan.class)
            .deserializer()
            .deserialize("t", serialize(future));
    span.setKind(SpanKind.STEP);
    assertThat(read).isEqualTo(span);
  }

  @Test
  void shouldFillWhatAnEarlierProgramDidNotKnow() {
    Schema earlier =
        new Schema.Parser()
            .parse(
                ("{'type':'record','name':'AgentSpan','namespace':'dev.tidemark.records','fields':["
                        + required()
                        + "]}")
                    .replace('\'', '"'));
    GenericRecord old = new RandomRecords(1).of(earlier);
    AgentSpan read =
        AvroSerdes.of(settings)
            .value(AgentSpan.class)
            .deserializer()
            .deserialize("t", serialize(old));
    assertThat(read.getTraceId()).isEqualTo(old.get("traceId"));
    assertThat(read.getKind()).isEqualTo(SpanKind.STEP);
  }

  private byte[] serialize(GenericRecord record) {
    var serializer = new RegistryAvroSerializer<GenericRecord>();
    serializer.configure(settings, false);
    return serializer.serialize("t", record);
  }

  /** Fields without a default, all of simple types. */
  private static String required() {
    return AgentSpan.getClassSchema().getFields().stream()
        .filter(field -> !field.hasDefaultValue())
        .map(field -> "{'name':'" + field.name() + "','type':" + field.schema() + "}")
        .reduce((a, b) -> a + "," + b)
        .orElseThrow();
  }

  private static Schema later() throws IOException {
    var tree = (ObjectNode) RegistryHttp.mapper().readTree(AgentSpan.getClassSchema().toString());
    var fields = (ArrayNode) tree.get("fields");
    fields.forEach(
        field -> {
          if (field.get("name").asText().equals("kind")) {
            ((ArrayNode) field.get("type").get("symbols")).add("DREAM");
          }
        });
    fields.insertObject(0).put("name", "invented").put("type", "string").put("default", "");
    return new Schema.Parser().parse(tree.toString());
  }

  private static GenericRecord copy(AgentSpan span, Schema schema) {
    var builder = new GenericRecordBuilder(schema);
    for (Schema.Field field : AgentSpan.getClassSchema().getFields()) {
      Object value = span.get(field.pos());
      Schema target = field(schema, field.name());
      builder.set(
          field.name(),
          value instanceof Enum<?> symbol
              ? new GenericData.EnumSymbol(enumOf(target), symbol.name())
              : value);
    }
    return builder.build();
  }

  private static Schema field(Schema record, String name) {
    return record.getField(name).schema();
  }

  private static Schema enumOf(Schema schema) {
    return schema.getType() == Schema.Type.UNION
        ? schema.getTypes().stream().filter(s -> s.getType() == Schema.Type.ENUM).findAny().get()
        : schema;
  }
}
