package dev.tidemark.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Requests to a registry that has several addresses: an outage moves on to the next address, then
 * waits and tries again a bounded number of times. Thread-safe.
 */
final class RegistryHttp {
  private static final String JSON = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient client;
  private final List<RegistryAddress> addresses;
  private final int timeoutMs;
  private final int retries;
  private final int retryWaitMs;
  private final int retryMaxWaitMs;
  private volatile int preferred;

  RegistryHttp(AvroConfig config, List<String> urls) {
    this.addresses = RegistryAddress.parse(config, urls);
    this.client = RegistryTls.client(config);
    this.timeoutMs = config.getInt(AvroConfig.TIMEOUT_MS);
    this.retries = config.getInt(AvroConfig.RETRIES);
    this.retryWaitMs = config.getInt(AvroConfig.RETRY_WAIT_MS);
    this.retryMaxWaitMs = config.getInt(AvroConfig.RETRY_MAX_WAIT_MS);
  }

  /**
   * What the registry said about the question: 2xx, or an error of its own with a code.
   *
   * @param url address that answered, without credentials
   */
  record Answer(String url, int status, JsonNode body) {
    boolean ok() {
      return status / 100 == 2;
    }

    String message() {
      return body.path("message").asText("");
    }
  }

  Answer get(String path) {
    return exchange(HttpRequest.newBuilder().GET(), path);
  }

  Answer post(String path, JsonNode body) {
    var content = BodyPublishers.ofString(body.toString());
    return exchange(HttpRequest.newBuilder().POST(content).header("Content-Type", JSON), path);
  }

  static ObjectMapper mapper() {
    return MAPPER;
  }

  /** Waits before retry number {@code attempt}, counted from 0. */
  void pause(int attempt) {
    long wait = Math.min(retryMaxWaitMs, (long) retryWaitMs << Math.min(attempt, 20));
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  int retries() {
    return retries;
  }

  private Answer exchange(HttpRequest.Builder request, String path) {
    request.header("Accept", JSON + ", application/json");
    RegistryUnavailableException last = null;
    for (int attempt = 0; attempt <= retries; attempt++) {
      if (attempt > 0) {
        pause(attempt - 1);
      }
      int first = preferred;
      for (int i = 0; i < addresses.size(); i++) {
        int index = (first + i) % addresses.size();
        RegistryAddress address = addresses.get(index);
        try {
          Answer answer = read(address, send(address, request, path));
          preferred = index;
          return answer;
        } catch (Outage outage) {
          last = outage.exception;
          if (!outage.passing) {
            throw last;
          }
        }
      }
    }
    throw last;
  }

  private HttpResponse<byte[]> send(RegistryAddress address, HttpRequest.Builder base, String path)
      throws Outage {
    HttpRequest.Builder request = base.copy().uri(URI.create(address.url() + path));
    address.authorization().ifPresent(value -> request.header("Authorization", value));
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(request.build(), BodyHandlers.ofByteArray());
    try {
      return response.get(timeoutMs, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw outage(address, "did not answer within " + timeoutMs + " ms", AvroConfig.TIMEOUT_MS, e);
    } catch (ExecutionException e) {
      throw outage(
          address,
          "cannot be reached (" + nameOf(e.getCause()) + ")",
          AvroConfig.URL,
          e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } finally {
      response.cancel(true);
    }
  }

  private static Answer read(RegistryAddress address, HttpResponse<byte[]> response) throws Outage {
    int status = response.statusCode();
    switch (status) {
      case 401, 403 ->
          throw new Outage(
              new RegistryUnavailableException(
                  said(address, status)
                      + ": check "
                      + AvroConfig.BASIC_USER
                      + " (with "
                      + AvroConfig.BASIC_SOURCE
                      + ") or "
                      + AvroConfig.BEARER_TOKEN),
              false);
      case 408, 429 -> throw outage(address, status, null);
      default -> {
        if (status >= 500) {
          throw outage(address, status, null);
        }
      }
    }
    try {
      JsonNode body = MAPPER.readTree(response.body());
      if (body.isObject() && (status / 100 == 2 || (status >= 400 && body.has("error_code")))) {
        return new Answer(address.url(), status, body);
      }
    } catch (IOException e) {
      throw outage(address, status, e);
    }
    throw outage(address, status, null);
  }

  private static Outage outage(RegistryAddress address, int status, Throwable cause) {
    boolean passing = status == 408 || status == 429 || status >= 500;
    String text =
        passing
            ? said(address, status) + ": wait for it, or check " + AvroConfig.URL
            : said(address, status)
                + " and nothing a schema registry says: check "
                + AvroConfig.URL;
    return new Outage(new RegistryUnavailableException(text, cause), passing);
  }

  private static Outage outage(
      RegistryAddress address, String what, String setting, Throwable cause) {
    return new Outage(
        new RegistryUnavailableException(
            "schema registry " + address.url() + " " + what + ": check " + setting, cause),
        true);
  }

  private static String said(RegistryAddress address, int status) {
    return "schema registry " + address.url() + " answered " + status;
  }

  private static String nameOf(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** One address failed; passing means another address or a later moment may do better. */
  private static final class Outage extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient RegistryUnavailableException exception;
    private final boolean passing;

    Outage(RegistryUnavailableException exception, boolean passing) {
      super(exception.getMessage(), exception, false, false);
      this.exception = exception;
      this.passing = passing;
    }
  }
}
