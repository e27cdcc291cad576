package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTlsTest {
  private static final String PASSWORD = "changeit";
  @TempDir static Path folder;
  private static HttpsServer server;
  private static String store;

  @BeforeAll
  static void start() throws Exception {
    store = folder.resolve("registry.p12").toString();
    keytool();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(serverSide()));
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"schema\":\"\\\"string\\\"\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @Test
  void shouldTrustTheAuthorityItIsGiven() {
    Map<String, Object> settings = settings();
    settings.put("schema.registry.ssl.truststore.location", store);
    settings.put("schema.registry.ssl.truststore.password", PASSWORD);
    settings.put("schema.registry.ssl.truststore.type", "PKCS12");
    assertThat(SchemaRegistryClient.open(settings).schemaById(1))
        .isEqualTo(Schema.create(Schema.Type.STRING));
  }

  @Test
  void shouldNotTrustAnybodyElse() {
    assertThatThrownBy(() -> SchemaRegistryClient.open(settings()).schemaById(1))
        .isInstanceOf(RegistryUnavailableException.class);
  }

  private static Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(AvroConfig.URL, "https://localhost:" + server.getAddress().getPort());
    settings.put(AvroConfig.RETRIES, 0);
    return settings;
  }

  private static javax.net.ssl.SSLContext serverSide() throws Exception {
    Map<String, Object> keys =
        Map.of(
            "ssl.keystore.location", store,
            "ssl.keystore.password", PASSWORD,
            "ssl.keystore.type", "PKCS12");
    try (var factory = new DefaultSslEngineFactory()) {
      factory.configure(new ConfigDef().withClientSslSupport().parse(keys));
      return factory.sslContext();
    }
  }

  private static void keytool() throws Exception {
    String command =
        Path.of(System.getProperty("java.home"), "bin", "keytool")
            + " -genkeypair -alias registry -keyalg EC -dname CN=localhost -ext san=dns:localhost"
            + (" -validity 2 -storetype PKCS12 -storepass " + PASSWORD + " -keystore " + store);
    Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
