package dev.tidemark.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/** One address of a registry, without user and password, and the header that authorises. */
final class RegistryAddress {
  private final String url;
  private final String authorization;

  private RegistryAddress(String url, String authorization) {
    this.url = url;
    this.authorization = authorization;
  }

  static List<RegistryAddress> parse(AvroConfig config, List<String> urls) {
    String shared = sharedAuthorization(config);
    boolean fromUrl = config.getString(AvroConfig.BASIC_SOURCE).equals("URL");
    List<RegistryAddress> addresses = new ArrayList<>();
    for (String text : urls) {
      URI uri = uri(text.strip());
      String own = null;
      if (fromUrl && uri.getRawUserInfo() != null) {
        own = basic(URLDecoder.decode(uri.getRawUserInfo(), StandardCharsets.UTF_8));
      }
      addresses.add(new RegistryAddress(bare(uri), shared != null ? shared : own));
    }
    return List.copyOf(addresses);
  }

  /** Scheme, host, port and path, without a trailing slash and without credentials. */
  String url() {
    return url;
  }

  Optional<String> authorization() {
    return Optional.ofNullable(authorization);
  }

  @Override
  public String toString() {
    return url;
  }

  private static URI uri(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // The text may hold a password: neither it nor the parser's message is repeated.
    }
    throw new ConfigException(
        AvroConfig.URL
            + " is not an address: give http://host:port, https://host:port or mock://scope");
  }

  private static String bare(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return (uri.getScheme() + "://" + uri.getHost() + port + path).replaceAll("/+$", "");
  }

  private static String sharedAuthorization(AvroConfig config) {
    String bearer = config.getString(AvroConfig.BEARER_SOURCE);
    String basic = config.getString(AvroConfig.BASIC_SOURCE);
    String user = config.getPassword(AvroConfig.BASIC_USER).value();
    String token = config.getPassword(AvroConfig.BEARER_TOKEN).value();
    if (bearer.equals("STATIC_TOKEN")) {
      require(!token.isBlank(), AvroConfig.BEARER_TOKEN + " is not set: STATIC_TOKEN needs it");
      return "Bearer " + token.strip();
    }
    require(
        bearer.isEmpty(),
        AvroConfig.BEARER_SOURCE + "=" + bearer + " is not supported: use STATIC_TOKEN");
    if (basic.equals("USER_INFO")) {
      require(
          user.contains(":"),
          AvroConfig.BASIC_USER
              + " is not user:password: "
              + AvroConfig.BASIC_SOURCE
              + "=USER_INFO needs it");
      return basic(user);
    }
    require(
        basic.equals("URL"),
        AvroConfig.BASIC_SOURCE + "=" + basic + " is not supported: use USER_INFO or URL");
    return null;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new ConfigException(otherwise);
    }
  }

  private static String basic(String user) {
    byte[] bytes = user.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }
}
