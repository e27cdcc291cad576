package dev.tidemark.wire;

import dev.tidemark.records.TrustedRecords;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Makes the serdes of all topics from one configuration: Confluent's settings, and the names of the
 * classes that write and read. The classes are ours unless {@link AvroConfig#SERIALIZER} and {@link
 * AvroConfig#DESERIALIZER} name others, which are never compiled against. Schemas are registered
 * without Java properties unless the configuration says otherwise. Immutable; all serdes share one
 * registry client.
 */
public final class AvroSerdes {
  private final Map<String, Object> settings;
  private final SchemaRegistryClient registry;

  private AvroSerdes(Map<String, Object> settings, SchemaRegistryClient registry) {
    this.settings = settings;
    this.registry = registry;
  }

  /**
   * Serdes for a configuration; other keys in it, such as {@code bootstrap.servers}, do not matter.
   *
   * @throws ConfigException when {@code schema.registry.url} is missing or makes no sense
   */
  public static AvroSerdes of(Map<String, ?> config) {
    TrustedRecords.trust();
    Map<String, Object> settings = new HashMap<>(config);
    settings.putIfAbsent(AvroConfig.REMOVE_JAVA, true);
    settings.putIfAbsent(AvroConfig.SPECIFIC, true);
    settings.putIfAbsent(AvroConfig.SERIALIZER, RegistryAvroSerializer.class.getName());
    settings.putIfAbsent(AvroConfig.DESERIALIZER, RegistryAvroDeserializer.class.getName());
    return new AvroSerdes(settings, SchemaRegistryClient.open(settings));
  }

  /** The client all serdes share. */
  public SchemaRegistryClient registry() {
    return registry;
  }

  /** Serde of keys: a generated record, or what {@link Serdes#serdeFrom} knows (String, bytes). */
  public <T> Serde<T> key(Class<T> type) {
    return serde(type, true);
  }

  /** Serde of values: a generated record, or what {@link Serdes#serdeFrom} knows. */
  public <T> Serde<T> value(Class<T> type) {
    return serde(type, false);
  }

  @SuppressWarnings("unchecked") // Classes named in settings do not tell what they carry.
  private <T> Serde<T> serde(Class<T> type, boolean key) {
    if (!IndexedRecord.class.isAssignableFrom(type)) {
      return Serdes.serdeFrom(type);
    }
    Serializer<T> serializer = create(AvroConfig.SERIALIZER, Serializer.class);
    Deserializer<T> deserializer = create(AvroConfig.DESERIALIZER, Deserializer.class);
    serializer.configure(settingsFor(serializer, type), key);
    deserializer.configure(settingsFor(deserializer, type), key);
    if (!(deserializer instanceof RegistryAvroDeserializer)) {
      deserializer = new ForeignDeserializer<>(type, deserializer);
    }
    return Serdes.serdeFrom(serializer, deserializer);
  }

  private Map<String, Object> settingsFor(Object serde, Class<?> type) {
    Map<String, Object> own = new HashMap<>(settings);
    own.put(AvroConfig.TYPE, type);
    if (serde instanceof RegistryAvroSerializer || serde instanceof RegistryAvroDeserializer) {
      own.put(AvroConfig.CLIENT, registry);
    }
    return own;
  }

  private <S> S create(String setting, Class<S> contract) {
    Object name = settings.get(setting);
    try {
      Class<?> found =
          name instanceof Class<?> given ? given : Class.forName(name.toString(), true, loader());
      return contract.cast(found.getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
      var failure =
          new ConfigException(
              setting
                  + "="
                  + name
                  + " cannot be used as a "
                  + contract.getSimpleName()
                  + ": put its jar and those it needs on the class path");
      failure.initCause(e);
      throw failure;
    }
  }

  private static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context != null ? context : AvroSerdes.class.getClassLoader();
  }
}
