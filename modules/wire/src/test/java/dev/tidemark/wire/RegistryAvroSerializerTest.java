package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.records.AgentSpan;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryAvroSerializerTest {
  private static final Schema SPAN =
      schema(
          "{'name':'id','type':'string'},{'name':'cost','type':'double'},"
              + "{'name':'attrs','type':{'type':'map','values':'string'}}");
  private static final Schema ONE = schema("{'name':'id','type':'string'}");

  private final String scope = UUID.randomUUID().toString();
  private final MockSchemaRegistry registry = MockSchemaRegistry.forScope(scope);

  /** The vector was taken from Confluent's serializer 7.9.2 and read by two JavaScript clients. */
  @Test
  void shouldWriteTheBytesThatConfluentWrites() {
    for (int i = 1; i < 5; i++) {
      registry.register("other", Schema.createFixed("F" + i, null, null, i), false);
    }
    GenericRecord span =
        new GenericRecordBuilder(SPAN)
            .set("id", "span-1")
            .set("cost", 1.25)
            .set("attrs", Map.of("gen_ai.tool.name", "search"))
            .build();
    assertThat(HexFormat.of().formatHex(serializer(Map.of()).serialize("t", span)))
        .isEqualTo(
            "00000000050c7370616e2d31000000000000f43f"
                + "022067656e5f61692e746f6f6c2e6e616d650c73656172636800");
  }

  @ParameterizedTest
  @CsvSource({
    "TopicNameStrategy, t-value",
    "RecordNameStrategy, x.y.Span",
    "TopicRecordNameStrategy, t-x.y.Span",
    "io.confluent.kafka.serializers.subject.TopicNameStrategy, t-value",
    "io.confluent.kafka.serializers.subject.RecordNameStrategy, x.y.Span",
    "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy, t-x.y.Span"
  })
  void shouldNameSubjects(String strategy, String subject) {
    serializer(Map.of(AvroConfig.VALUE_NAMING, strategy)).serialize("t", record(ONE, "a"));
    assertThat(registry.latest(subject).schema()).isEqualTo(ONE);
  }

  @Test
  void shouldNameSubjectsOfKeysApart() {
    var serializer = new RegistryAvroSerializer<IndexedRecord>();
    serializer.configure(Map.of(AvroConfig.URL, "mock://" + scope), true);
    serializer.serialize("t", record(ONE, "a"));
    assertThat(registry.latest("t-key").schema()).isEqualTo(ONE);
  }

  @Test
  void shouldRefuseAStrategyItDoesNotKnow() {
    assertThatThrownBy(() -> serializer(Map.of(AvroConfig.VALUE_NAMING, "com.example.Mine")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("value.subject.name.strategy=com.example.Mine is not known");
  }

  @Test
  void shouldNotRegisterWhenToldSo() {
    var serializer = serializer(Map.of(AvroConfig.AUTO_REGISTER, "false"));
    assertThatThrownBy(() -> serializer.serialize("t", record(ONE, "a")))
        .isInstanceOf(SchemaRefusedException.class);
    int id = registry.register("t-value", ONE, false);
    assertThat(serializer.serialize("t", record(ONE, "a"))).startsWith(0, 0, 0, 0, id);
  }

  @Test
  void shouldWriteWithTheLatestSchemaByName() {
    Schema latest =
        schema("{'name':'extra','type':'int','default':7},{'name':'id','type':'string'}");
    registry.register("t-value", ONE, false);
    int id = registry.register("t-value", latest, false);
    byte[] bytes =
        serializer(Map.of(AvroConfig.AUTO_REGISTER, false, AvroConfig.USE_LATEST, true))
            .serialize("t", record(ONE, "a"));
    assertThat(bytes).containsExactly(0, 0, 0, 0, id, 14, 2, 'a');
  }

  @Test
  void shouldRefuseALatestSchemaThatDoesNotFit() {
    registry.register("t-value", schema("{'name':'must','type':'int'}"), false);
    Map<String, Object> settings =
        Map.of(AvroConfig.AUTO_REGISTER, false, AvroConfig.USE_LATEST, true);
    assertThatThrownBy(() -> serializer(settings).serialize("t", record(ONE, "a")))
        .isInstanceOf(SchemaRefusedException.class)
        .hasMessageContaining("latest.compatibility.strict=false");
  }

  @Test
  void shouldWriteWithAChosenId() {
    int id = registry.register("elsewhere", ONE, false);
    registry.register("t-value", SPAN, false);
    Map<String, Object> chosen = Map.of(AvroConfig.AUTO_REGISTER, false, AvroConfig.USE_ID, id);
    assertThat(serializer(chosen).serialize("t", record(ONE, "a")))
        .containsExactly(0, 0, 0, 0, id, 2, 'a');
    Map<String, Object> unknown = Map.of(AvroConfig.AUTO_REGISTER, false, AvroConfig.USE_ID, 99);
    assertThatThrownBy(() -> serializer(unknown).serialize("t", record(ONE, "a")))
        .isInstanceOf(SchemaRefusedException.class)
        .hasMessageContaining("use.schema.id=99");
  }

  @Test
  void shouldRefuseAChosenIdThatDoesNotFit() {
    int id = registry.register("elsewhere", schema("{'name':'must','type':'int'}"), false);
    Map<String, Object> chosen = Map.of(AvroConfig.AUTO_REGISTER, false, AvroConfig.USE_ID, id);
    assertThatThrownBy(() -> serializer(chosen).serialize("t", record(ONE, "a")))
        .isInstanceOf(SchemaRefusedException.class)
        .hasMessageContaining("id.compatibility.strict=false");
  }

  @Test
  void shouldKeepJavaPropertiesUnlessTold() {
    AgentSpan span = new RandomRecords(3).of(AgentSpan.class);
    serializer(Map.of()).serialize("with", span);
    serializer(Map.of(AvroConfig.REMOVE_JAVA, true)).serialize("without", span);
    assertThat(registry.latest("with-value").schema().toString()).contains("avro.java.string");
    assertThat(registry.latest("without-value").schema().toString())
        .doesNotContain("avro.java.string");
  }

  @Test
  void shouldSayWhichFieldIsMissingAndNotWhatTheOthersHold() {
    AgentSpan span = new RandomRecords(4).of(AgentSpan.class);
    span.setTraceId(null);
    span.setName("my secret");
    assertThatThrownBy(() -> serializer(Map.of()).serialize("t", span))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("AgentSpan is incomplete")
        .hasMessageContaining("traceId")
        .hasMessageNotContaining("secret");
    GenericRecord wrong = new org.apache.avro.generic.GenericData.Record(ONE);
    wrong.put("id", List.of("my secret"));
    assertThatThrownBy(() -> serializer(Map.of()).serialize("t", wrong))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("x.y.Span does not fit its schema")
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @Test
  void shouldRefuseWhatIsNoRecord() {
    var serializer = new RegistryAvroSerializer<Object>();
    serializer.configure(Map.of(AvroConfig.URL, "mock://" + scope), false);
    assertThatThrownBy(() -> serializer.serialize("t", "text"))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("java.lang.String is not an Avro record");
  }

  @Test
  void shouldServeManyThreads() {
    var serializer = serializer(Map.of());
    byte[] expected = serializer.serialize("t", record(ONE, "abc"));
    boolean same =
        java.util.stream.IntStream.range(0, 20_000)
            .parallel()
            .allMatch(
                i ->
                    java.util.Arrays.equals(
                        expected, serializer.serialize("t", record(ONE, "abc"))));
    assertThat(same).isTrue();
  }

  private RegistryAvroSerializer<IndexedRecord> serializer(Map<String, ?> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(AvroConfig.URL, "mock://" + scope);
    var serializer = new RegistryAvroSerializer<IndexedRecord>();
    serializer.configure(all, false);
    return serializer;
  }

  private static GenericRecord record(Schema schema, String id) {
    return new GenericRecordBuilder(schema).set("id", id).build();
  }

  private static Schema schema(String fields) {
    String text = "{'type':'record','name':'Span','namespace':'x.y','fields':[" + fields + "]}";
    return new Schema.Parser().parse(text.replace('\'', '"'));
  }
}
