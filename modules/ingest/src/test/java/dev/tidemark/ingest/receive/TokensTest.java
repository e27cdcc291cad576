package dev.tidemark.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.records.AgentSpan;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H14: who may send, and for whom. */
class TokensTest {
  @TempDir private Path directory;
  private Path file;
  private final Shelf shelf = new Shelf();
  private OtlpReceiver receiver;

  @BeforeEach
  void start() throws Exception {
    file = directory.resolve("tokens");
    Files.writeString(file, "# who may send\n\nacme " + hash("alpha") + "  # build\n");
    receiver = OtlpReceiver.start(ReceiverConfig.loopback().with(Tokens.open(file)), shelf);
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private static String hash(String token) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
  }

  private int post(String... headers) throws Exception {
    return respond(headers).statusCode();
  }

  private HttpResponse<byte[]> respond(String... headers) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(receiver.http().resolve("/v1/traces"))
                .header("Content-Type", "application/json")
                .headers(headers)
                .POST(BodyPublishers.ofByteArray(Bodies.json(Bodies.jsonSpan(Bodies.TRACE))))
                .build(),
            BodyHandlers.ofByteArray());
  }

  @Test
  void shouldGiveSpansTheTenantOfTheToken() throws Exception {
    assertThat(post("Authorization", "Bearer alpha")).isEqualTo(200);
    assertThat(shelf.spans).extracting(AgentSpan::getTenant).containsExactly("acme");
  }

  @Test
  void shouldRefuseWhoHasNoToken() throws Exception {
    assertThat(post("Accept", "*/*")).isEqualTo(401);
    assertThat(post("Authorization", "Bearer beta")).isEqualTo(401);
    assertThat(post("Authorization", "Bearer " + hash("alpha"))).isEqualTo(401);
    assertThat(post("Authorization", "Basic alpha")).isEqualTo(401);
    assertThat(shelf.spans).isEmpty();
  }

  @Test
  void shouldRefuseWhoClaimsAnotherTenant() throws Exception {
    assertThat(post("Authorization", "Bearer alpha", "X-Scope-OrgID", "globex")).isEqualTo(403);
    assertThat(post("Authorization", "Bearer alpha", "X-Tidemark-Tenant", "acme")).isEqualTo(200);
    assertThat(shelf.spans).extracting(AgentSpan::getTenant).containsExactly("acme");
  }

  @Test
  void shouldReadTheFileAgainWhenItChanges() throws Exception {
    Files.writeString(file, "globex " + hash("a-longer-token") + "\n");

    assertThat(post("Authorization", "Bearer alpha")).isEqualTo(401);
    assertThat(post("Authorization", "Bearer a-longer-token")).isEqualTo(200);
  }

  @Test
  void shouldKeepTheLastGoodFile() throws Exception {
    Files.writeString(file, "acme alpha\n");
    assertThat(post("Authorization", "Bearer alpha")).isEqualTo(200);

    Files.delete(file);
    assertThat(post("Authorization", "Bearer alpha")).isEqualTo(200);
  }

  /** H11: the tenant that sends too much hears when to come back, the other one goes on. */
  @Test
  void shouldRefuseATenantOverItsQuotaOnly() throws Exception {
    Files.writeString(file, "acme " + hash("alpha") + " 1\nglobex " + hash("beta") + "\n");
    for (int i = 0; i < 10; i++) {
      assertThat(post("Authorization", "Bearer alpha")).isEqualTo(200);
    }
    HttpResponse<byte[]> refused = respond("Authorization", "Bearer alpha");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 10L);
    assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("1 spans");
    assertThat(receiver.counts().refused(429)).isEqualTo(1);
    assertThat(post("Authorization", "Bearer beta")).isEqualTo(200);
    assertThat(shelf.spans).extracting(AgentSpan::getTenant).contains("globex").hasSize(11);
  }

  @Test
  void shouldRefuseTwoQuotasOfOneTenant() throws Exception {
    Files.writeString(file, "acme " + hash("a") + " 5\nacme " + hash("b") + " 6 # other\n");
    assertThatThrownBy(() -> Tokens.open(file)).hasMessageContaining(":2 gives its tenant");
  }

  @Test
  void shouldNotStartWithAFileThatIsWrong() throws IOException {
    Files.writeString(file, "\nacme secret-token\n");
    assertThatThrownBy(() -> Tokens.open(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tokens:2 is not")
        .hasMessageNotContaining("secret-token");

    Files.writeString(file, "# nobody\n");
    assertThatThrownBy(() -> Tokens.open(file)).hasMessageContaining("holds no token");

    assertThatThrownBy(() -> Tokens.open(directory.resolve("none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--otlp-tokens");
  }
}
