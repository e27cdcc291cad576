package dev.tidemark.wire;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/**
 * What serdes ask a schema registry. Implementations are thread-safe and cache ids and schemas,
 * which never change. Every method throws {@link RegistryUnavailableException} when the registry
 * cannot be asked.
 */
public interface SchemaRegistryClient {
  /**
   * Registers a schema under a subject, or finds it there.
   *
   * @return id of the schema
   * @throws SchemaRefusedException when the registry finds it incompatible or invalid
   */
  int register(String subject, Schema schema, boolean normalize);

  /**
   * Id of a schema that is already registered under a subject.
   *
   * @throws SchemaRefusedException when it is not
   */
  int idFor(String subject, Schema schema, boolean normalize);

  /**
   * Schema of an id.
   *
   * @throws RecordFormatException {@code UNKNOWN_SCHEMA_ID} when the registry does not know it
   */
  Schema schemaById(int id);

  /**
   * Schema of a globally unique id, as carried by Confluent's header form.
   *
   * @throws RecordFormatException {@code UNKNOWN_SCHEMA_ID} when the registry does not know it
   */
  Schema schemaByGuid(UUID guid);

  /**
   * Latest schema of a subject; asked each time.
   *
   * @throws SchemaRefusedException when the subject has none
   */
  RegisteredSchema latest(String subject);

  /**
   * A client for {@code schema.registry.url}: HTTP, or a registry shared in this JVM for {@code
   * mock://scope}.
   *
   * @throws org.apache.kafka.common.config.ConfigException when the settings make no sense
   */
  static SchemaRegistryClient open(Map<String, ?> settings) {
    return open(new AvroConfig(settings));
  }

  private static SchemaRegistryClient open(AvroConfig config) {
    if (config.originals().get(AvroConfig.CLIENT) instanceof SchemaRegistryClient shared) {
      return shared;
    }
    List<String> urls = config.getList(AvroConfig.URL).stream().filter(u -> !u.isBlank()).toList();
    if (urls.isEmpty()) {
      throw new ConfigException(
          AvroConfig.URL + " is not set: give the address of the schema registry");
    }
    if (urls.stream().noneMatch(url -> url.startsWith("mock://"))) {
      return new HttpSchemaRegistry(config, urls);
    }
    if (urls.size() > 1) {
      throw new ConfigException(
          AvroConfig.URL + " mixes mock:// with other addresses: give one mock:// or only http");
    }
    return MockSchemaRegistry.forScope(urls.get(0).substring("mock://".length()));
  }

  /**
   * A schema with its place in the registry.
   *
   * @param id global id, as written into records
   * @param version version within the subject, from 1
   * @param schema the parsed schema
   */
  record RegisteredSchema(int id, int version, Schema schema) {}
}
