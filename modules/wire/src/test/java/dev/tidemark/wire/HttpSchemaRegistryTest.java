package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.wire.RecordFormatException.Reason;
import dev.tidemark.wire.RegistryFixture.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class HttpSchemaRegistryTest {
  private static final Schema SCHEMA =
      new Schema.Parser().parse("{'type':'record','name':'R','fields':[]}".replace('\'', '"'));

  private final RegistryFixture fixture = new RegistryFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void shouldGiveBackWhatWasRegistered() {
    var client = open(Map.of());
    int id = client.register("t-value", SCHEMA, false);
    assertThat(client.schemaById(id)).isEqualTo(SCHEMA);
    assertThat(client.idFor("t-value", SCHEMA, false)).isEqualTo(id);
    assertThat(client.latest("t-value"))
        .isEqualTo(new SchemaRegistryClient.RegisteredSchema(id, 1, SCHEMA));
  }

  @Test
  void shouldAskOnlyOnce() {
    var client = open(Map.of());
    int id = client.register("t-value", SCHEMA, true);
    client.schemaById(id);
    client.register("t-value", SCHEMA, true);
    client.schemaById(id);
    assertThat(fixture.requests())
        .containsExactly(
            "POST /subjects/t-value/versions?normalize=true", "GET /schemas/ids/" + id);
  }

  @Test
  void shouldEncodeSubjectsInPaths() {
    open(Map.of()).register("a b/c+d-value", SCHEMA, false);
    assertThat(fixture.requests()).containsExactly("POST /subjects/a%20b%2Fc%2Bd-value/versions");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"NONE", "INCOMPATIBLE"},
      mode = EnumSource.Mode.EXCLUDE)
  void shouldNeverTakeAnOutageForPoison(Fault fault) {
    fixture.fail(fault);
    var client = open(Map.of(AvroConfig.TIMEOUT_MS, 150, AvroConfig.RETRIES, 1));
    assertThatThrownBy(() -> client.schemaById(1))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining(fixture.url());
    fixture.fail(Fault.NONE);
    int id = client.register("t-value", SCHEMA, false);
    assertThat(client.schemaById(id)).isEqualTo(SCHEMA);
  }

  @Test
  void shouldTakeARefusedConnectionForAnOutage() {
    fixture.close();
    var client = open(Map.of(AvroConfig.RETRIES, 1));
    assertThatThrownBy(() -> client.schemaById(1))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining(fixture.url())
        .hasMessageContaining("check schema.registry.url");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"OVERLOADED", "BROKEN", "UNAVAILABLE"})
  void shouldTryAgain(Fault fault) {
    fixture.fail(fault, 2);
    assertThat(open(Map.of()).register("t-value", SCHEMA, false)).isEqualTo(1);
    assertThat(fixture.requests()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"UNAUTHORIZED", "FORBIDDEN"})
  void shouldNameTheSettingOfRefusedCredentialsAndKeepThemSecret(Fault fault) {
    fixture.fail(fault);
    var client = open(userInfo("agent:s3cret"));
    assertThatThrownBy(() -> client.schemaById(1))
        .hasMessageContaining("basic.auth.user.info")
        .hasMessageNotContaining("s3cret");
    assertThat(fixture.requests()).hasSize(1);
  }

  @Test
  void shouldMoveToTheNextAddress() {
    try (var second = new RegistryFixture()) {
      fixture.fail(Fault.UNAVAILABLE);
      var client = open(Map.of(AvroConfig.URL, List.of(fixture.url(), second.url())));
      client.register("a", SCHEMA, false);
      client.register("b", SCHEMA, false);
      assertThat(fixture.requests()).hasSize(1);
      assertThat(second.requests()).hasSize(2);
    }
  }

  @Test
  void shouldCallAnUnknownIdPoisonAfterBoundedRetriesAndRemember() {
    var client = open(Map.of(AvroConfig.RETRIES, 2));
    for (int i = 0; i < 2; i++) {
      var e = catchThrowableOfType(RecordFormatException.class, () -> client.schemaById(404));
      assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA_ID);
      assertThat(e).hasMessageContaining("id 404");
    }
    assertThat(fixture.requests()).hasSize(3);
  }

  @Test
  void shouldFindAnIdThatAppearsLater() {
    var client = open(Map.of(AvroConfig.RETRIES, 0, AvroConfig.MISSING_TTL_SEC, 0));
    assertThatThrownBy(() -> client.schemaById(1)).isInstanceOf(RecordFormatException.class);
    fixture.add("s", SCHEMA);
    assertThat(client.schemaById(1)).isEqualTo(SCHEMA);
  }

  @Test
  void shouldCallAGuidUnknownWhereTheRegistryHasNone() {
    var client = open(Map.of(AvroConfig.RETRIES, 0));
    assertThatThrownBy(() -> client.schemaByGuid(new UUID(1, 2)))
        .isInstanceOf(RecordFormatException.class);
  }

  @Test
  void shouldFollowReferences() {
    fixture.add("inner", Schema.createEnum("E", null, "x", List.of("A")));
    var references = RegistryHttp.mapper().createArrayNode();
    references.addObject().put("name", "x.E").put("subject", "inner").put("version", 1);
    String outer =
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"e\",\"type\":\"x.E\"}]}";
    fixture.answer(
        "/schemas/ids/77",
        RegistryFixture.object().put("schema", outer).set("references", references));
    Schema schema = open(Map.of()).schemaById(77);
    assertThat(schema.getField("e").schema().getEnumSymbols()).containsExactly("A");
  }

  @Test
  void shouldRefuseOtherKindsOfSchemas() {
    fixture.answer(
        "/schemas/ids/8",
        RegistryFixture.object().put("schema", "message M {}").put("schemaType", "PROTOBUF"));
    fixture.answer("/schemas/ids/9", RegistryFixture.object().put("schema", "{\"type\":\"no\"}"));
    var client = open(Map.of());
    assertThat(reasonOf(client, 8)).isEqualTo(Reason.WRONG_SUBJECT);
    assertThat(reasonOf(client, 9)).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void shouldSayThatASchemaIsIncompatible() {
    fixture.fail(Fault.INCOMPATIBLE);
    assertThatThrownBy(() -> open(Map.of()).register("t-value", SCHEMA, false))
        .isInstanceOf(SchemaRefusedException.class)
        .hasMessageContaining("refused for subject t-value")
        .hasMessageContaining("incompatible");
  }

  @Test
  void shouldSayThatASchemaIsNotRegistered() {
    var client = open(Map.of());
    assertThatThrownBy(() -> client.idFor("t-value", SCHEMA, false))
        .isInstanceOf(SchemaRefusedException.class)
        .hasMessageContaining("auto.register.schemas=true");
    assertThatThrownBy(() -> client.latest("t-value"))
        .isInstanceOf(SchemaRefusedException.class)
        .hasMessageContaining("subject t-value has no schema");
  }

  @Test
  void shouldSendUserAndPassword() {
    open(userInfo("agent:s3cret")).register("s", SCHEMA, false);
    assertThat(fixture.authorization()).isEqualTo("Basic YWdlbnQ6czNjcmV0");
  }

  @Test
  void shouldTakeUserAndPasswordFromTheAddressAndKeepThemSecret() {
    String url = fixture.url().replace("http://", "http://agent:s3cret@");
    var client = open(Map.of(AvroConfig.URL, url));
    client.register("s", SCHEMA, false);
    assertThat(fixture.authorization()).isEqualTo("Basic YWdlbnQ6czNjcmV0");
    fixture.fail(Fault.UNAUTHORIZED);
    assertThatThrownBy(() -> client.schemaById(9)).hasMessageNotContaining("s3cret");
  }

  @Test
  void shouldSendAToken() {
    open(Map.of(AvroConfig.BEARER_SOURCE, "STATIC_TOKEN", AvroConfig.BEARER_TOKEN, "abc"))
        .register("s", SCHEMA, false);
    assertThat(fixture.authorization()).isEqualTo("Bearer abc");
  }

  @ParameterizedTest
  @CsvSource({
    "bearer.auth.credentials.source, OAUTHBEARER",
    "bearer.auth.credentials.source, STATIC_TOKEN",
    "basic.auth.credentials.source, SASL_INHERIT",
    "basic.auth.credentials.source, USER_INFO"
  })
  void shouldRefuseCredentialsItCannotGive(String setting, String value) {
    assertThatThrownBy(() -> open(Map.of(setting, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("auth");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host", "host:8081", "http://", "http://us er:s3cret@host", "a b"})
  void shouldRefuseWhatIsNoAddressWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> open(Map.of(AvroConfig.URL, url)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.registry.url is not an address")
        .hasMessageNotContaining("s3cret");
  }

  private static Reason reasonOf(SchemaRegistryClient client, int id) {
    return catchThrowableOfType(RecordFormatException.class, () -> client.schemaById(id)).reason();
  }

  private static Map<String, Object> userInfo(String user) {
    return Map.of(AvroConfig.BASIC_SOURCE, "USER_INFO", AvroConfig.BASIC_USER, user);
  }

  private SchemaRegistryClient open(Map<String, ?> settings) {
    Map<String, Object> all = new HashMap<>();
    all.put(AvroConfig.URL, fixture.url());
    all.put(AvroConfig.RETRY_WAIT_MS, 1);
    all.putAll(settings);
    return SchemaRegistryClient.open(all);
  }
}
