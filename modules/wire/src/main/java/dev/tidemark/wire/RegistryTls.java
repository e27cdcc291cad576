package dev.tidemark.wire;

import java.net.http.HttpClient;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * The HTTP client of a registry. Without {@code schema.registry.ssl.*} all registries of the JVM
 * share one, because each has threads of its own that Java 17 cannot close.
 */
final class RegistryTls {
  private RegistryTls() {}

  static HttpClient client(AvroConfig config) {
    Map<String, Object> prefixed = config.originalsWithPrefix(AvroConfig.SSL_PREFIX);
    if (prefixed.keySet().stream().noneMatch(name -> name.startsWith("ssl."))) {
      return Plain.CLIENT;
    }
    try (var factory = new DefaultSslEngineFactory()) {
      factory.configure(new ConfigDef().withClientSslSupport().parse(prefixed));
      return builder().sslContext(factory.sslContext()).build();
    }
  }

  private static HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER);
  }

  private static final class Plain {
    static final HttpClient CLIENT = builder().build();
  }
}
