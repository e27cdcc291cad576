package dev.tidemark.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Asks the registry over HTTP and nothing else, as any client would. */
final class RegistryClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;

  RegistryClient(String url) {
    this.url = url;
  }

  /** Status, content type and parsed body. */
  record Reply(int status, String contentType, JsonNode body) {
    int code() {
      return body.path("error_code").asInt();
    }
  }

  Reply get(String path) throws IOException, InterruptedException {
    return send("GET", path, null, null);
  }

  Reply delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, null, null);
  }

  Reply post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return send("POST", path, JSON.writeValueAsString(body), RegistryHttp.CONTENT_TYPE);
  }

  Reply put(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return send("PUT", path, JSON.writeValueAsString(body), RegistryHttp.CONTENT_TYPE);
  }

  Reply register(String subject, String schema) throws IOException, InterruptedException {
    return post("/subjects/" + subject + "/versions", Map.of("schema", schema));
  }

  Reply send(String method, String path, String body, String type)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url + path));
    if (type != null) {
      request.header("Content-Type", type);
    }
    request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    return new Reply(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        JSON.readTree(response.body()));
  }
}
