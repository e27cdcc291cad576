package dev.tidemark.wire;

import dev.tidemark.wire.RecordFormatException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * A schema registry in the heap, for tests and topology drivers: {@code mock://scope}. One per
 * scope in the JVM. Ids count from 1; the same schema has the same id under every subject. Accepts
 * every schema, also incompatible ones.
 */
public final class MockSchemaRegistry implements SchemaRegistryClient {
  private static final Map<String, MockSchemaRegistry> SCOPES = new ConcurrentHashMap<>();

  private final List<Schema> schemas = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<String, List<Integer>> subjects = new HashMap<>();

  private MockSchemaRegistry() {}

  /** The registry of a scope, made when it is first asked for. */
  public static MockSchemaRegistry forScope(String scope) {
    return SCOPES.computeIfAbsent(scope, any -> new MockSchemaRegistry());
  }

  /** Forgets a scope; serdes already open keep the old one. */
  public static void drop(String scope) {
    SCOPES.remove(scope);
  }

  @Override
  public synchronized int register(String subject, Schema schema, boolean normalize) {
    int id =
        ids.computeIfAbsent(
            schema.toString(),
            text -> {
              schemas.add(new Schema.Parser().parse(text));
              return schemas.size();
            });
    List<Integer> versions = subjects.computeIfAbsent(subject, any -> new ArrayList<>());
    if (!versions.contains(id)) {
      versions.add(id);
    }
    return id;
  }

  @Override
  public synchronized int idFor(String subject, Schema schema, boolean normalize) {
    Integer id = ids.get(schema.toString());
    if (id == null || !subjects.getOrDefault(subject, List.of()).contains(id)) {
      throw new SchemaRefusedException(
          "schema "
              + schema.getFullName()
              + " is not registered under subject "
              + subject
              + ": register it or set "
              + AvroConfig.AUTO_REGISTER
              + "=true");
    }
    return id;
  }

  @Override
  public synchronized Schema schemaById(int id) {
    if (id < 1 || id > schemas.size()) {
      throw new RecordFormatException(
          Reason.UNKNOWN_SCHEMA_ID, "schema id " + id + " is not in the mock registry");
    }
    return schemas.get(id - 1);
  }

  @Override
  public synchronized Schema schemaByGuid(UUID guid) {
    return schemas.stream()
        .filter(schema -> guidOf(schema).equals(guid))
        .findFirst()
        .orElseThrow(
            () ->
                new RecordFormatException(
                    Reason.UNKNOWN_SCHEMA_ID, "schema " + guid + " is not in the mock registry"));
  }

  @Override
  public synchronized RegisteredSchema latest(String subject) {
    List<Integer> versions = subjects.getOrDefault(subject, List.of());
    if (versions.isEmpty()) {
      throw new SchemaRefusedException(
          "subject "
              + subject
              + " has no schema: register one or set "
              + AvroConfig.USE_LATEST
              + "=false");
    }
    int id = versions.get(versions.size() - 1);
    return new RegisteredSchema(id, versions.size(), schemas.get(id - 1));
  }

  /** The guid this registry gives a schema: a name-based UUID of its text. */
  static UUID guidOf(Schema schema) {
    return UUID.nameUUIDFromBytes(schema.toString().getBytes(StandardCharsets.UTF_8));
  }
}
