package dev.tidemark.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.wire.RecordFormatException.Reason;
import dev.tidemark.wire.RegistryHttp.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Client of a registry that speaks Confluent's REST interface (Confluent, Apicurio's ccompat,
 * Karapace, our embedded one). Schemas are cached for ever, unknown ids for {@link
 * AvroConfig#MISSING_TTL_SEC}. Thread-safe.
 */
final class HttpSchemaRegistry implements SchemaRegistryClient {
  private static final int CACHED = 10_000;
  private static final int NOT_FOUND = 404;
  private static final int SCHEMA_NOT_FOUND = 40403;

  private final RegistryHttp http;
  private final long missingNanos;
  private final Map<String, Integer> ids = new ConcurrentHashMap<>();
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<String, Long> missing = new ConcurrentHashMap<>();

  HttpSchemaRegistry(AvroConfig config, List<String> urls) {
    this.http = new RegistryHttp(config, urls);
    this.missingNanos = TimeUnit.SECONDS.toNanos(config.getInt(AvroConfig.MISSING_TTL_SEC));
  }

  @Override
  public int register(String subject, Schema schema, boolean normalize) {
    return id(subject, schema, normalize, "/versions");
  }

  @Override
  public int idFor(String subject, Schema schema, boolean normalize) {
    return id(subject, schema, normalize, "");
  }

  @Override
  public Schema schemaById(int id) {
    return schema("/schemas/ids/" + id, "id " + id, SCHEMA_NOT_FOUND);
  }

  @Override
  public Schema schemaByGuid(UUID guid) {
    // Registries without guids answer 404 with a code of their own: the schema is unknown there.
    return schema("/schemas/guids/" + guid, "guid " + guid, NOT_FOUND);
  }

  @Override
  public RegisteredSchema latest(String subject) {
    Answer answer = http.get("/subjects/" + encode(subject) + "/versions/latest");
    if (!answer.ok()) {
      throw new SchemaRefusedException(
          "subject "
              + subject
              + " has no schema at "
              + answer.url()
              + ": register one or set "
              + AvroConfig.USE_LATEST
              + "=false");
    }
    JsonNode body = answer.body();
    return new RegisteredSchema(
        number(answer, "id"), number(answer, "version"), parse(body, "of subject " + subject));
  }

  private int id(String subject, Schema schema, boolean normalize, String path) {
    String text = schema.toString();
    String query = normalize ? "?normalize=true" : "";
    String key = subject + '\n' + path + query + '\n' + text;
    Integer known = ids.get(key);
    if (known != null) {
      return known;
    }
    var body = RegistryHttp.mapper().createObjectNode().put("schema", text);
    Answer answer = http.post("/subjects/" + encode(subject) + path + query, body);
    if (!answer.ok()) {
      throw refused(answer, subject, schema);
    }
    return remember(ids, key, number(answer, "id"));
  }

  private static SchemaRefusedException refused(Answer answer, String subject, Schema schema) {
    String name = schema.getFullName();
    if (answer.status() == NOT_FOUND) {
      return new SchemaRefusedException(
          "schema %s is not registered under subject %s at %s: register it or set %s=true"
              .formatted(name, subject, answer.url(), AvroConfig.AUTO_REGISTER));
    }
    return new SchemaRefusedException(
        "schema %s was refused for subject %s by %s with %d: %s"
            .formatted(name, subject, answer.url(), answer.status(), answer.message()));
  }

  private Schema schema(String path, String what, int unknownCode) {
    Schema known = schemas.get(path);
    if (known != null) {
      return known;
    }
    Long since = missing.get(path);
    if (since != null && System.nanoTime() - since < missingNanos) {
      throw unknown(what);
    }
    for (int attempt = 0; ; attempt++) {
      Answer answer = http.get(path);
      if (answer.ok()) {
        return remember(schemas, path, parse(answer.body(), what));
      }
      if (!Integer.toString(answer.body().path("error_code").asInt())
          .startsWith(Integer.toString(unknownCode))) {
        throw new RegistryUnavailableException(
            "schema registry %s answered %d to the question for schema %s: check %s"
                .formatted(answer.url(), answer.status(), what, AvroConfig.URL));
      }
      // A follower may not have heard yet of a schema registered a moment ago.
      if (attempt >= http.retries()) {
        remember(missing, path, System.nanoTime());
        throw unknown(what);
      }
      http.pause(attempt);
    }
  }

  private static RecordFormatException unknown(String what) {
    return new RecordFormatException(
        Reason.UNKNOWN_SCHEMA_ID,
        "the schema registry does not know schema "
            + what
            + ": the producer wrote to another registry, or the schema was deleted");
  }

  private Schema parse(JsonNode body, String what) {
    String type = body.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new RecordFormatException(
          Reason.WRONG_SUBJECT, "schema " + what + " is " + type + " where Avro is expected");
    }
    var parser = new Schema.Parser().setValidateDefaults(false);
    try {
      addReferences(parser, body, new HashSet<>());
      return parser.parse(body.path("schema").asText());
    } catch (AvroRuntimeException | StackOverflowError e) {
      throw new RecordFormatException(
          Reason.MALFORMED, "schema " + what + " is not an Avro schema", e);
    }
  }

  private void addReferences(Schema.Parser parser, JsonNode body, Set<String> seen) {
    for (JsonNode reference : body.path("references")) {
      String subject = reference.path("subject").asText();
      String path =
          "/subjects/" + encode(subject) + "/versions/" + reference.path("version").asInt();
      if (!seen.add(path)) {
        continue;
      }
      Answer answer = http.get(path);
      if (!answer.ok()) {
        throw new RegistryUnavailableException(
            "schema registry %s answered %d to the question for referenced subject %s: check %s"
                .formatted(answer.url(), answer.status(), subject, AvroConfig.URL));
      }
      addReferences(parser, answer.body(), seen);
      parser.parse(answer.body().path("schema").asText());
    }
  }

  private static int number(Answer answer, String field) {
    JsonNode value = answer.body().path(field);
    if (!value.isInt()) {
      throw new RegistryUnavailableException(
          "schema registry %s answered without %s: check %s"
              .formatted(answer.url(), field, AvroConfig.URL));
    }
    return value.intValue();
  }

  private static <V> V remember(Map<String, V> cache, String key, V value) {
    if (cache.size() >= CACHED) {
      cache.clear();
    }
    cache.put(key, value);
    return value;
  }

  private static String encode(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
