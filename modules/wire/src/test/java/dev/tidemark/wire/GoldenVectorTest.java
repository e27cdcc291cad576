package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One vector per topic record and release: the record in Avro's JSON encoding and its bytes on the
 * wire under schema id 7. Producers in any language can check themselves against the files. {@code
 * schemas/freeze.sh} makes them.
 */
class GoldenVectorTest {
  private static final int ID = 7;
  private static final Path FILES =
      Path.of(System.getProperty("basedir", "."), "src", "test", "resources", "golden");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  static Stream<Arguments> records() {
    return SchemaFiles.releases().stream()
        .flatMap(
            version ->
                Topics.plain().all().stream()
                    .flatMap(topic -> Stream.of(topic.keyType(), topic.valueType()))
                    .filter(SpecificRecord.class::isAssignableFrom)
                    .distinct()
                    .filter(type -> SchemaFiles.released(version).containsKey(type.getSimpleName()))
                    .map(type -> Arguments.of(version, type)));
  }

  @ParameterizedTest
  @MethodSource("records")
  void shouldKeepTheBytesOfEveryRelease(String version, Class<?> type) throws IOException {
    Schema released = SchemaFiles.released(version).get(type.getSimpleName());
    String url = "mock://" + UUID.randomUUID();
    fillUpTo(url, released);
    Path file = FILES.resolve(version).resolve(type.getSimpleName() + ".json");
    if (version.equals(System.getProperty("golden.refresh"))) {
      write(file, url, released);
    }
    JsonNode vector = JSON.readTree(file.toFile());
    String hex = vector.get("hex").asText();
    GenericRecord record = parse(vector.get("record"), released);
    assertThat(HexFormat.of().formatHex(serialize(url, record))).isEqualTo(hex);

    Object read =
        AvroSerdes.of(Map.of(AvroConfig.URL, url))
            .value(type)
            .deserializer()
            .deserialize("t", HexFormat.of().parseHex(hex));
    holds(type.getSimpleName(), JSON.readTree(record.toString()), JSON.readTree(read.toString()));
  }

  /** Everything of the released record is in what this build reads; new fields may be beside it. */
  private static void holds(String path, JsonNode expected, JsonNode actual) {
    if (expected.isObject()) {
      expected
          .properties()
          .forEach(e -> holds(path + "." + e.getKey(), e.getValue(), actual.path(e.getKey())));
    } else if (expected.isArray()) {
      assertThat(actual.size()).as(path).isEqualTo(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        holds(path + "[" + i + "]", expected.get(i), actual.get(i));
      }
    } else {
      assertThat(actual).as(path).isEqualTo(expected);
    }
  }

  private static void fillUpTo(String url, Schema schema) {
    var registry = SchemaRegistryClient.open(Map.of(AvroConfig.URL, url));
    for (int i = 1; i < ID; i++) {
      registry.register("other", Schema.createFixed("F" + i, null, null, i), false);
    }
    assertThat(registry.register("t-value", schema, false)).isEqualTo(ID);
  }

  private static byte[] serialize(String url, GenericRecord record) {
    var serializer = new RegistryAvroSerializer<GenericRecord>();
    serializer.configure(Map.of(AvroConfig.URL, url), false);
    return serializer.serialize("t", record);
  }

  private static void write(Path file, String url, Schema schema) throws IOException {
    GenericRecord sample = new RandomRecords(schema.getFullName().hashCode()).of(schema);
    var out = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().jsonEncoder(schema, out);
    new GenericDatumWriter<GenericRecord>(schema).write(sample, encoder);
    encoder.flush();
    JsonNode json = JSON.readTree(out.toByteArray());
    var vector = JSON.createObjectNode().put("schema", schema.getFullName()).put("id", ID);
    vector.set("record", json);
    vector.put("hex", HexFormat.of().formatHex(serialize(url, parse(json, schema))));
    Files.createDirectories(file.getParent());
    Files.writeString(file, JSON.writeValueAsString(vector) + "\n", StandardCharsets.UTF_8);
  }

  private static GenericRecord parse(JsonNode json, Schema schema) throws IOException {
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().jsonDecoder(schema, json.toString()));
  }
}
