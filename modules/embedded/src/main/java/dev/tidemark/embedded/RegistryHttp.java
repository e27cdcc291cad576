package dev.tidemark.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From HTTP to routes and back: JSON in, JSON out, every failure with a code and a sentence. */
final class RegistryHttp implements HttpHandler {
  static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  static final int LARGEST_BODY = 512 * 1024;

  private static final Logger log = LoggerFactory.getLogger(RegistryHttp.class);
  private static final List<String> ACCEPTED =
      List.of(CONTENT_TYPE, "application/vnd.schemaregistry+json", "application/json");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Route> routes;

  RegistryHttp(List<Route> routes) {
    this.routes = routes;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        send(exchange, 200, answer(exchange));
      } catch (RegistryError e) {
        send(exchange, e.status(), failure(e.code(), e.getMessage()));
      } catch (RuntimeException e) {
        log.error("registry failed on a {} request", exchange.getRequestMethod(), e);
        send(exchange, 500, failure(500, "registry failed: see its log"));
      }
    }
  }

  private Object answer(HttpExchange exchange) throws IOException {
    List<String> path =
        Route.segments(exchange.getRequestURI().getRawPath()).stream()
            .map(RegistryHttp::decoded)
            .toList();
    boolean known = false;
    for (Route route : routes) {
      Optional<Map<String, String>> variables = route.match(path);
      if (variables.isPresent() && route.method().equals(exchange.getRequestMethod())) {
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        return route.handler().answer(new Call(variables.get(), query, body(exchange)));
      }
      known |= variables.isPresent();
    }
    throw known
        ? RegistryError.http(405, "method is not allowed for this path")
        : RegistryError.http(404, "path is not one of the registry");
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    if (!method.equals("POST") && !method.equals("PUT")) {
      return MissingNode.getInstance();
    }
    requireJson(exchange.getRequestHeaders().getFirst("Content-Type"));
    byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (bytes.length > LARGEST_BODY) {
      throw RegistryError.http(413, "body is larger than " + LARGEST_BODY + " bytes");
    }
    try {
      JsonNode node = JSON.readTree(bytes);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException notJson) {
      log.debug("registry was sent {} bytes that are not JSON", bytes.length);
    }
    throw RegistryError.http(400, "body is not a JSON object");
  }

  /** A page of another origin cannot send these types unasked, so it cannot write here. */
  private static void requireJson(String contentType) {
    String type = contentType == null ? "" : contentType.replaceFirst(";.*", "").strip();
    if (!ACCEPTED.contains(type.toLowerCase(Locale.ROOT))) {
      throw RegistryError.http(415, "Content-Type is not accepted: use " + CONTENT_TYPE);
    }
  }

  private static Map<String, String> query(String raw) {
    var query = new HashMap<String, String>();
    for (String pair : (raw == null ? "" : raw).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
    }
    return query;
  }

  private static String decoded(String raw) {
    try {
      return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RegistryError.http(400, "address has a percent sign without two hex digits");
    }
  }

  private static Map<String, Object> failure(int code, String message) {
    var failure = new LinkedHashMap<String, Object>();
    failure.put("error_code", code);
    failure.put("message", message);
    return failure;
  }

  private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
