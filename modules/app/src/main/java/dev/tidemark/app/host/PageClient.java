package dev.tidemark.app.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidemark.app.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks the API of a process that runs query. */
public final class PageClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(15);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final URI page;
  private final String flag;

  /**
   * A client.
   *
   * @param page address of the page
   * @param flag what gave the address, to be named when it is wrong
   */
  public PageClient(URI page, String flag) {
    String scheme = page.getScheme();
    if (page.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw Failure.usage(flag + " " + page + " is no address: write it like http://host:7080");
    }
    this.page = page;
    this.flag = flag;
  }

  /**
   * The answer to a question.
   *
   * @throws Failure with the sentence of the server when it refuses, or one that names the address
   *     when there is none
   */
  public JsonNode get(String path, Map<String, String> query) {
    String asked =
        query.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(page.resolve(path + "?" + asked)).timeout(ANSWER).build();
    HttpResponse<String> response;
    try {
      response =
          HttpClient.newBuilder()
              .connectTimeout(CONNECT)
              .build()
              .send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw Failure.unreachable(
          "no page answers at " + page + ": start a process with the role query, or check " + flag,
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted", e);
    }
    return read(response);
  }

  private JsonNode read(HttpResponse<String> response) {
    JsonNode body;
    try {
      body = JSON.readTree(response.body());
    } catch (IOException e) {
      throw Failure.unreachable("what answers at " + page + " is no Tidemark: check " + flag, e);
    }
    int status = response.statusCode();
    if (status == 200) {
      return body;
    } else if (!body.has("message")) {
      throw Failure.unreachable("what answers at " + page + " is no Tidemark: check " + flag, null);
    }
    String sentence = body.get("message").asText() + ": " + body.path("hint").asText();
    if (status == 503) {
      throw Failure.unreachable(sentence, null);
    } else if (status == 400) {
      throw Failure.usage(sentence);
    }
    throw Failure.failed(sentence, null);
  }
}
