package dev.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.embedded.RegistryClient.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every error code, over HTTP. Subject a has V1 and V2, subject gone was softly deleted. */
class RegistryRefusalTest {
  private final MemoryLog log = new MemoryLog();
  private final EmbeddedRegistry registry = EmbeddedRegistry.serve(() -> log, 0);
  private final RegistryClient client = new RegistryClient(registry.url());

  @BeforeEach
  void fill() throws Exception {
    client.register("a", Schemas.V1);
    client.register("a", Schemas.V2);
    client.register("gone", Schemas.V1);
    client.register("gone", Schemas.V2);
    client.delete("/subjects/gone/versions/1");
    client.delete("/subjects/gone");
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /subjects/none/versions, 404, 40401",
    "GET, /subjects/gone/versions, 404, 40401",
    "GET, /subjects/none/versions/1, 404, 40401",
    "DELETE, /subjects/none, 404, 40401",
    "DELETE, /subjects/none/versions/1, 404, 40401",
    "DELETE, /config/none, 404, 40401",
    "GET, /subjects/a/versions/3, 404, 40402",
    "GET, /subjects/a/versions/3/schema, 404, 40402",
    "DELETE, /subjects/a/versions/3, 404, 40402",
    "GET, /schemas/ids/99, 404, 40403",
    "GET, /schemas/ids/99/schema, 404, 40403",
    "GET, /schemas/ids/99/subjects, 404, 40403",
    "GET, /schemas/ids/99/versions, 404, 40403",
    "DELETE, /subjects/gone, 404, 40404",
    "DELETE, /subjects/a?permanent=true, 404, 40405",
    "DELETE, /subjects/gone/versions/1, 404, 40406",
    "DELETE, /subjects/a/versions/1?permanent=true, 404, 40407",
    "GET, /config/a, 404, 40408",
    "GET, /mode/a, 404, 40409",
    "GET, /subjects/a/versions/abc, 422, 42202",
    "GET, /subjects/a/versions/0, 422, 42202",
    "DELETE, /subjects/a/versions/99999999999, 422, 42202",
    "GET, /schemas/ids/abc, 404, 404",
    "GET, /nowhere, 404, 404",
    "DELETE, /subjects, 405, 405"
  })
  void shouldRefuseWithItsCode(String method, String path, int status, int code) throws Exception {
    assertRefused(status, code, client.send(method, path, null, null));
  }

  @Test
  void shouldNotFindASchemaThatTheSubjectLacks() throws Exception {
    var other = Map.of("schema", Schemas.STRING);
    assertRefused(404, 40401, client.post("/subjects/none", other));
    assertRefused(404, 40403, client.post("/subjects/a", other));
    assertRefused(404, 40401, client.post("/subjects/gone", Map.of("schema", Schemas.V1)));
    assertThat(client.post("/subjects/gone?deleted=true", Map.of("schema", Schemas.V1)).status())
        .isEqualTo(200);
  }

  @Test
  void shouldRefuseAnIncompatibleSchema() throws Exception {
    Reply reply = client.register("a", Schemas.V3);
    assertRefused(409, 409, reply);
    assertThat(reply.body().get("message").asText()).contains("'a'", "size");
  }

  @Test
  void shouldRefuseSchemasItCannotRead() throws Exception {
    assertRefused(422, 42201, client.register("a", "{\"type\":\"strong\"}"));
    assertRefused(422, 42201, client.post("/subjects/a/versions", Map.of()));
    assertRefused(422, 42201, client.post("/subjects/a", Map.of("schema", "")));
    assertRefused(
        422,
        42201,
        client.post("/subjects/a/versions", Map.of("schema", "syntax", "schemaType", "PROTOBUF")));
  }

  @Test
  void shouldRefuseReferencesInASentence() throws Exception {
    var body = Map.of("schema", Schemas.V1, "references", List.of(Map.of("name", "x.y.Z")));
    Reply reply = client.post("/subjects/a/versions", body);
    assertRefused(422, 42201, reply);
    assertThat(reply.body().get("message").asText()).contains("references", "inline");
  }

  @Test
  void shouldRefuseCompatibilityOfUnknownVersions() throws Exception {
    var body = Map.of("schema", Schemas.V1);
    assertRefused(404, 40401, client.post("/compatibility/subjects/none/versions/1", body));
    assertRefused(404, 40402, client.post("/compatibility/subjects/a/versions/9", body));
    assertRefused(422, 42202, client.post("/compatibility/subjects/a/versions/x", body));
    assertRefused(422, 42201, client.post("/compatibility/subjects/a/versions", Map.of()));
  }

  @Test
  void shouldRefuseUnknownSettings() throws Exception {
    assertRefused(422, 42203, client.put("/config", Map.of("compatibility", "SIDEWAYS")));
    assertRefused(422, 42203, client.put("/config/a", Map.of()));
    assertRefused(422, 42204, client.put("/mode", Map.of("mode", "IMPORT")));
  }

  @Test
  void shouldRefuseWritesThatAreNotPermitted() throws Exception {
    assertRefused(
        422, 42205, client.post("/subjects/b/versions", Map.of("schema", Schemas.V1, "id", 7)));
    client.put("/mode", Map.of("mode", "READONLY"));
    assertRefused(422, 42205, client.register("b", Schemas.V1));
    assertRefused(422, 42205, client.delete("/subjects/a"));
    assertThat(client.register("a", Schemas.V1).status()).isEqualTo(200);
  }

  @Test
  void shouldRefuseSubjectsThatNobodyCanType() throws Exception {
    assertRefused(422, 42208, client.register("a%0Ab", Schemas.V1));
    assertRefused(422, 42208, client.register("s".repeat(256), Schemas.V1));
  }

  @Test
  void shouldRefuseBodiesThatAreNotJsonObjects() throws Exception {
    String type = RegistryHttp.CONTENT_TYPE;
    String path = "/subjects/a/versions";
    assertRefused(400, 400, client.send("POST", path, "{", type));
    assertRefused(400, 400, client.send("POST", path, "", type));
    assertRefused(400, 400, client.send("POST", path, "[]", type));
    assertRefused(415, 415, client.send("POST", path, "{}", "text/plain"));
    assertRefused(415, 415, client.send("POST", path, "{}", null));
  }

  @Test
  void shouldBoundTheBody() throws Exception {
    String large = " ".repeat(RegistryHttp.LARGEST_BODY + 1);
    assertRefused(413, 413, client.register("a", large));
  }

  @Test
  void shouldSayWhenTheLogDoesNotTakeIt() throws Exception {
    log.failFromNowOn();
    assertRefused(500, 50002, client.register("b", Schemas.V1));
    assertThat(client.get("/subjects/b/versions").code()).isEqualTo(40401);
  }

  private static void assertRefused(int status, int code, Reply reply) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.body().get("message").asText()).isNotBlank();
    assertThat(reply.contentType()).isEqualTo(RegistryHttp.CONTENT_TYPE);
  }
}
