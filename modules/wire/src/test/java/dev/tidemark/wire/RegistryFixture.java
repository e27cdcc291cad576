package dev.tidemark.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/** A small registry over HTTP on loopback that can be told to fail in every way that matters. */
final class RegistryFixture implements AutoCloseable {
  /** How the registry misbehaves. */
  enum Fault {
    NONE,
    UNAUTHORIZED,
    FORBIDDEN,
    OVERLOADED,
    BROKEN,
    UNAVAILABLE,
    NOT_A_REGISTRY,
    PAGE,
    MOVED,
    HANG,
    INCOMPATIBLE
  }

  static {
    // Else the JDK's server answers after the 40 ms of a delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<String> schemas = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new ConcurrentHashMap<>();
  private final Map<String, ObjectNode> extras = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Fault fault = Fault.NONE;
  private final AtomicInteger faultsLeft = new AtomicInteger();
  private volatile String authorization;

  RegistryFixture() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Misbehaves until told otherwise. */
  void fail(Fault how) {
    fail(how, Integer.MAX_VALUE);
  }

  /** Misbehaves a number of times. */
  void fail(Fault how, int times) {
    faultsLeft.set(times);
    fault = how;
  }

  /** Answers a path with a body of one's own. */
  void answer(String path, ObjectNode body) {
    extras.put(path, body);
  }

  List<String> requests() {
    return requests;
  }

  String authorization() {
    return authorization;
  }

  int add(String subject, Schema schema) {
    return add(subject, schema.toString());
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private synchronized int add(String subject, String text) {
    int id = schemas.indexOf(text) + 1;
    if (id == 0) {
      schemas.add(text);
      id = schemas.size();
    }
    List<Integer> versions = subjects.computeIfAbsent(subject, any -> new ArrayList<>());
    if (!versions.contains(id)) {
      versions.add(id);
    }
    return id;
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    authorization = exchange.getRequestHeaders().getFirst("Authorization");
    byte[] body = exchange.getRequestBody().readAllBytes();
    Fault now = faultsLeft.getAndDecrement() > 0 ? fault : Fault.NONE;
    switch (now) {
      case UNAUTHORIZED -> error(exchange, 401, 40101, "Unauthorized");
      case FORBIDDEN -> error(exchange, 403, 40301, "Forbidden");
      case OVERLOADED -> error(exchange, 429, 42901, "Too many");
      case BROKEN -> error(exchange, 500, 50001, "Store");
      case UNAVAILABLE -> error(exchange, 503, 50301, "Later");
      case NOT_A_REGISTRY -> send(exchange, 404, "<html>nothing here</html>");
      case PAGE -> send(exchange, 200, "<html>log in</html>");
      case MOVED -> send(exchange, 301, "");
      case INCOMPATIBLE -> error(exchange, 409, 409, "Schema being registered is incompatible");
      case HANG -> await();
      case NONE -> route(exchange, body);
    }
  }

  private void await() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void route(HttpExchange exchange, byte[] body) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (extras.containsKey(path)) {
      send(exchange, 200, extras.get(path).toString());
      return;
    }
    String[] parts = exchange.getRequestURI().getRawPath().substring(1).split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = URLDecoder.decode(parts[i], StandardCharsets.UTF_8);
    }
    boolean post = exchange.getRequestMethod().equals("POST");
    if (parts[0].equals("schemas") && parts[1].equals("ids")) {
      byId(exchange, Integer.parseInt(parts[2]));
    } else if (parts[0].equals("subjects") && post) {
      JsonNode request = RegistryHttp.mapper().readTree(body);
      write(exchange, parts, request.path("schema").asText());
    } else if (parts[0].equals("subjects") && parts.length == 4) {
      version(exchange, parts[1], parts[3]);
    } else {
      error(exchange, 404, 404, "HTTP 404 Not Found");
    }
  }

  private synchronized void byId(HttpExchange exchange, int id) throws IOException {
    if (id < 1 || id > schemas.size()) {
      error(exchange, 404, 40403, "Schema not found");
      return;
    }
    send(exchange, 200, object().put("schema", schemas.get(id - 1)).toString());
  }

  private synchronized void write(HttpExchange exchange, String[] parts, String text)
      throws IOException {
    boolean register = parts.length == 3;
    int known = schemas.indexOf(text) + 1;
    if (!register && !subjects.getOrDefault(parts[1], List.of()).contains(known)) {
      error(exchange, 404, 40403, "Schema not found");
      return;
    }
    int id = register ? add(parts[1], text) : known;
    int version = subjects.get(parts[1]).indexOf(id) + 1;
    ObjectNode answer = object().put("id", id).put("subject", parts[1]).put("version", version);
    send(exchange, 200, answer.put("schema", text).toString());
  }

  private synchronized void version(HttpExchange exchange, String subject, String name)
      throws IOException {
    List<Integer> versions = subjects.getOrDefault(subject, List.of());
    int version = name.equals("latest") ? versions.size() : Integer.parseInt(name);
    if (version < 1 || version > versions.size()) {
      error(exchange, 404, versions.isEmpty() ? 40401 : 40402, "not found");
      return;
    }
    int id = versions.get(version - 1);
    ObjectNode answer = object().put("subject", subject).put("version", version).put("id", id);
    send(exchange, 200, answer.put("schema", schemas.get(id - 1)).toString());
  }

  static ObjectNode object() {
    return RegistryHttp.mapper().createObjectNode();
  }

  private static void error(HttpExchange exchange, int status, int code, String message)
      throws IOException {
    send(exchange, status, object().put("error_code", code).put("message", message).toString());
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
