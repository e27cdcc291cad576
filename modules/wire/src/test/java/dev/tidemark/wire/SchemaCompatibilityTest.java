package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Agents, topologies and readers are upgraded in any order: every schema reads every other. */
class SchemaCompatibilityTest {
  private static final Map<String, Schema> CURRENT = SchemaFiles.current();

  static Stream<Arguments> releasedSchemas() {
    return SchemaFiles.releases().stream()
        .flatMap(
            version ->
                SchemaFiles.released(version).values().stream()
                    .map(schema -> Arguments.of(version, schema.getName(), schema)));
  }

  static Stream<Schema> schemas() {
    return CURRENT.values().stream();
  }

  static Stream<Schema> enums() {
    return schemas().filter(schema -> schema.getType() == Schema.Type.ENUM);
  }

  /** FULL_TRANSITIVE. */
  @ParameterizedTest(name = "{1} of {0}")
  @MethodSource("releasedSchemas")
  void shouldReadAndBeReadByEveryRelease(String version, String name, Schema released) {
    Schema current = CURRENT.get(name);
    assertThat(current).as("%s of %s is gone", name, version).isNotNull();
    String hint = "; before %s has its tag, schemas/freeze.sh %s".formatted(version, version);
    assertThat(problems(current, released)).as("reading what %s wrote" + hint, version).isEmpty();
    assertThat(problems(released, current)).as("%s reading ours" + hint, version).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void shouldSayWhatEveryFieldMeans(Schema schema) {
    assertThat(schema.getDoc()).isNotBlank();
    if (schema.getType() == Schema.Type.RECORD) {
      assertThat(schema.getFields())
          .allSatisfy(field -> assertThat(field.doc()).as(field.name()).isNotBlank());
    }
  }

  @ParameterizedTest
  @MethodSource("enums")
  void shouldTakeUnknownSymbolsForTheDefault(Schema schema) throws IOException {
    assertThat(schema.getEnumDefault()).as("default symbol").isNotNull();
    List<String> symbols = new ArrayList<>(schema.getEnumSymbols());
    symbols.add("FROM_THE_FUTURE");
    Schema later =
        Schema.createEnum(
            schema.getName(), null, schema.getNamespace(), symbols, schema.getEnumDefault());
    var out = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(later)
        .write(new GenericData.EnumSymbol(later, "FROM_THE_FUTURE"), encoder);
    encoder.flush();
    Object read =
        new GenericDatumReader<>(later, schema)
            .read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null));
    assertThat(read).hasToString(schema.getEnumDefault());
  }

  /** A recursive schema lets a short record overflow the stack of every reader. */
  @Test
  void shouldNotBeRecursive() {
    CURRENT.values().forEach(schema -> walk(schema, new HashSet<>()));
  }

  @Test
  void shouldFindADamagedSchema() {
    Schema without = Schema.createRecord("Sketch", null, "dev.tidemark.records", false, List.of());
    Schema required =
        Schema.createRecord(
            "Sketch",
            null,
            "dev.tidemark.records",
            false,
            List.of(new Schema.Field("must", Schema.create(Schema.Type.INT), null, null)));
    assertThat(problems(required, without)).isNotEmpty();
  }

  private static List<Incompatibility> problems(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities();
  }

  private static void walk(Schema schema, Set<String> inside) {
    switch (schema.getType()) {
      case RECORD -> {
        assertThat(inside.add(schema.getFullName())).as("%s holds itself", schema).isTrue();
        schema.getFields().forEach(field -> walk(field.schema(), inside));
        inside.remove(schema.getFullName());
      }
      case ARRAY -> walk(schema.getElementType(), inside);
      case MAP -> walk(schema.getValueType(), inside);
      case UNION -> schema.getTypes().forEach(branch -> walk(branch, inside));
      default -> {}
    }
  }
}
