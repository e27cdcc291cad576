package dev.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.embedded.RegistryClient.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every route, as clients of the Confluent registry know it; over HTTP, without a broker. */
class RegistryContractTest {
  private final EmbeddedRegistry registry = EmbeddedRegistry.serve(MemoryLog::new, 0);
  private final RegistryClient client = new RegistryClient(registry.url());

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void shouldAnswerAtTheRoot() throws Exception {
    Reply reply = client.get("/");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void shouldOfferAvroOnly() throws Exception {
    assertAnswer("[\"AVRO\"]", client.get("/schemas/types"));
  }

  @Test
  void shouldRegisterAndListVersions() throws Exception {
    assertAnswer("{\"id\":1}", client.register("a", Schemas.V1));
    assertAnswer("{\"id\":2}", client.register("a", Schemas.V2));
    assertAnswer("{\"id\":1}", client.register("a", Schemas.V1));
    assertAnswer("[1,2]", client.get("/subjects/a/versions"));
    assertAnswer("[\"a\"]", client.get("/subjects"));
  }

  @Test
  void shouldFindASchemaById() throws Exception {
    client.register("a", Schemas.V1);
    client.register("b", Schemas.V1);
    assertThat(client.get("/schemas/ids/1").body().get("schema").asText()).isEqualTo(Schemas.V1);
    assertAnswer(Schemas.V1, client.get("/schemas/ids/1/schema"));
    assertAnswer("[\"a\",\"b\"]", client.get("/schemas/ids/1/subjects"));
    assertAnswer(
        "[{\"subject\":\"a\",\"version\":1},{\"subject\":\"b\",\"version\":1}]",
        client.get("/schemas/ids/1/versions"));
  }

  @Test
  void shouldFindAVersionByNumberAndAsLatest() throws Exception {
    client.register("a", Schemas.V1);
    client.register("a", Schemas.V2);
    for (String latest : List.of("2", "latest", "-1")) {
      var body = client.get("/subjects/a/versions/" + latest).body();
      assertThat(body.get("subject").asText()).isEqualTo("a");
      assertThat(body.get("version").asInt()).isEqualTo(2);
      assertThat(body.get("id").asInt()).isEqualTo(2);
      assertThat(SchemaText.parse(body.get("schema").asText()))
          .isEqualTo(SchemaText.parse(Schemas.V2));
    }
    assertAnswer(Schemas.V1, client.get("/subjects/a/versions/1/schema"));
  }

  @Test
  void shouldLookUpAKnownSchema() throws Exception {
    client.register("a", Schemas.V1);
    var body = client.post("/subjects/a", Map.of("schema", " " + Schemas.V1)).body();
    assertThat(body.get("version").asInt()).isEqualTo(1);
    assertThat(body.get("id").asInt()).isEqualTo(1);
  }

  @Test
  void shouldTakeOrderOfAttributesAsOneWhenNormalizing() throws Exception {
    String one = "{\"type\":\"string\",\"b\":1,\"a\":2}";
    String other = "{\"a\":2,\"b\":1,\"type\":\"string\"}";
    client.post("/subjects/a/versions?normalize=true", Map.of("schema", one));
    assertAnswer(
        "{\"id\":1}", client.post("/subjects/a/versions?normalize=true", Map.of("schema", other)));
    assertThat(client.post("/subjects/a?normalize=true", Map.of("schema", one)).status())
        .isEqualTo(200);
  }

  @Test
  void shouldDeleteSoftlyFirstAndThenForGood() throws Exception {
    client.register("a", Schemas.V1);
    client.register("a", Schemas.V2);
    assertAnswer("1", client.delete("/subjects/a/versions/1"));
    assertAnswer("[2]", client.get("/subjects/a/versions"));
    assertAnswer("[1,2]", client.get("/subjects/a/versions?deleted=true"));
    assertAnswer("1", client.delete("/subjects/a/versions/1?permanent=true"));
    assertAnswer("[2]", client.delete("/subjects/a"));
    assertAnswer("[]", client.get("/subjects"));
    assertAnswer("[\"a\"]", client.get("/subjects?deleted=true"));
    assertThat(client.get("/subjects/a/versions/2?deleted=true").status()).isEqualTo(200);
    assertAnswer("[2]", client.delete("/subjects/a?permanent=true"));
    assertAnswer("[]", client.get("/subjects?deleted=true"));
  }

  @Test
  void shouldCheckCompatibilityWithoutRegistering() throws Exception {
    client.register("a", Schemas.V1);
    String path = "/compatibility/subjects/a/versions";
    assertAnswer("{\"is_compatible\":true}", client.post(path, Map.of("schema", Schemas.V2)));
    assertAnswer(
        "{\"is_compatible\":false}", client.post(path + "/latest", Map.of("schema", Schemas.V3)));
    assertAnswer(
        "{\"is_compatible\":true,\"messages\":[]}",
        client.post(path + "/1?verbose=true", Map.of("schema", Schemas.V2)));
    var verbose = client.post(path + "?verbose=true", Map.of("schema", Schemas.V3)).body();
    assertThat(verbose.get("messages")).hasSize(1);
    assertAnswer("[1]", client.get("/subjects/a/versions"));
  }

  @Test
  void shouldFindASchemaCompatibleWithAnUnknownSubject() throws Exception {
    for (String path : List.of("versions", "versions/latest")) {
      assertAnswer(
          "{\"is_compatible\":true}",
          client.post("/compatibility/subjects/new/" + path, Map.of("schema", Schemas.V1)));
    }
  }

  @Test
  void shouldKeepLevels() throws Exception {
    assertAnswer("{\"compatibilityLevel\":\"BACKWARD\"}", client.get("/config"));
    var full = Map.of("compatibility", "FULL");
    assertAnswer("{\"compatibility\":\"FULL\"}", client.put("/config", full));
    assertAnswer("{\"compatibilityLevel\":\"FULL\"}", client.get("/config"));
    assertAnswer("{\"compatibilityLevel\":\"FULL\"}", client.get("/config/a?defaultToGlobal=true"));
    var none = Map.of("compatibility", "NONE");
    assertAnswer("{\"compatibility\":\"NONE\"}", client.put("/config/a", none));
    assertAnswer("{\"compatibilityLevel\":\"NONE\"}", client.get("/config/a"));
    assertAnswer("{\"compatibilityLevel\":\"NONE\"}", client.delete("/config/a"));
    assertAnswer("{\"compatibilityLevel\":\"FULL\"}", client.delete("/config"));
    assertAnswer("{\"compatibilityLevel\":\"BACKWARD\"}", client.get("/config"));
  }

  @Test
  void shouldKeepModes() throws Exception {
    assertAnswer("{\"mode\":\"READWRITE\"}", client.get("/mode"));
    var readOnly = Map.of("mode", "READONLY");
    assertAnswer("{\"mode\":\"READONLY\"}", client.put("/mode", readOnly));
    assertAnswer("{\"mode\":\"READONLY\"}", client.get("/mode/a?defaultToGlobal=true"));
    assertAnswer("{\"mode\":\"READWRITE\"}", client.put("/mode/a", Map.of("mode", "READWRITE")));
    assertAnswer("{\"mode\":\"READWRITE\"}", client.get("/mode/a"));
    assertThat(client.register("a", Schemas.V1).status()).isEqualTo(200);
    assertThat(client.register("b", Schemas.V1).code()).isEqualTo(42205);
  }

  @Test
  void shouldTakeSubjectsWithSlashesPlusesAndAccents() throws Exception {
    client.register("a%2Fb+c%C3%A9", Schemas.V1);
    assertAnswer("[\"a/b+c\u00e9\"]", client.get("/subjects/"));
  }

  private static void assertAnswer(String json, Reply reply) {
    assertThat(reply.body()).hasToString(json);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo(RegistryHttp.CONTENT_TYPE);
  }
}
