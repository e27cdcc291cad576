package dev.tidemark.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Seeded random data of any schema, and random schemas; the same seed gives the same data. */
final class RandomRecords {
  private final Random random;

  RandomRecords(long seed) {
    this.random = new Random(seed);
  }

  /** A generated record with every field filled at random. */
  <T extends SpecificRecord> T of(Class<T> type) {
    Object made = datum(SpecificData.get().getSchema(type), SpecificData.get(), 0);
    return type.cast(made);
  }

  /** A generic record of a schema. */
  GenericRecord of(Schema schema) {
    return (GenericRecord) datum(schema, GenericData.get(), 0);
  }

  /** A record schema of up to six fields, nested up to three deep, every type included. */
  Schema schema(String name) {
    List<Schema.Field> fields = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      fields.add(new Schema.Field("f" + i, type(name + "_" + i, 0), null, null));
    }
    return Schema.createRecord(name, null, "x.y", false, fields);
  }

  private Schema type(String name, int depth) {
    int choice = random.nextInt(depth < 3 ? 14 : 9);
    return switch (choice) {
      case 0 -> Schema.create(Schema.Type.BOOLEAN);
      case 1 -> Schema.create(Schema.Type.INT);
      case 2 -> Schema.create(Schema.Type.LONG);
      case 3 -> Schema.create(Schema.Type.FLOAT);
      case 4 -> Schema.create(Schema.Type.DOUBLE);
      case 5 -> Schema.create(Schema.Type.BYTES);
      case 6 -> Schema.createFixed(name, null, "x.y", 1 + random.nextInt(20));
      case 7 -> Schema.createEnum(name, null, "x.y", List.of("A", "B", "C"));
      case 8, 9 -> Schema.create(Schema.Type.STRING);
      case 10 -> Schema.createArray(type(name + "i", depth + 1));
      case 11 -> Schema.createMap(type(name + "v", depth + 1));
      case 12 -> Schema.createUnion(Schema.create(Schema.Type.NULL), type(name + "u", depth + 3));
      default ->
          Schema.createRecord(
              name,
              null,
              "x.y",
              false,
              List.of(new Schema.Field("a", type(name + "a", depth + 1), null, null)));
    };
  }

  private Object datum(Schema schema, GenericData data, int depth) {
    return switch (schema.getType()) {
      case NULL -> null;
      case BOOLEAN -> random.nextBoolean();
      case INT -> random.nextInt() >> random.nextInt(31);
      case LONG -> random.nextLong() >> random.nextInt(63);
      case FLOAT -> (float) random.nextGaussian();
      case DOUBLE -> random.nextGaussian();
      case STRING -> text();
      case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(40)));
      case FIXED -> data.createFixed(null, bytes(schema.getFixedSize()), schema);
      case ENUM -> symbol(schema, data);
      case UNION -> datum(branch(schema), data, depth);
      case ARRAY -> array(schema, data, depth);
      case MAP -> map(schema, data, depth);
      case RECORD -> record(schema, data, depth);
    };
  }

  private Object record(Schema schema, GenericData data, int depth) {
    Object made = data.newRecord(null, schema);
    for (Schema.Field field : schema.getFields()) {
      data.setField(made, field.name(), field.pos(), datum(field.schema(), data, depth + 1));
    }
    return made;
  }

  private List<Object> array(Schema schema, GenericData data, int depth) {
    int size = random.nextInt(4);
    List<Object> list = new GenericData.Array<>(size, schema);
    for (int i = 0; i < size; i++) {
      list.add(datum(schema.getElementType(), data, depth + 1));
    }
    return list;
  }

  private Map<String, Object> map(Schema schema, GenericData data, int depth) {
    Map<String, Object> map = new HashMap<>();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      map.put("k" + i + text(), datum(schema.getValueType(), data, depth + 1));
    }
    return map;
  }

  private Object symbol(Schema schema, GenericData data) {
    String symbol = schema.getEnumSymbols().get(random.nextInt(schema.getEnumSymbols().size()));
    return data.createEnum(symbol, schema);
  }

  private Schema branch(Schema union) {
    return union.getTypes().get(random.nextInt(union.getTypes().size()));
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private String text() {
    String alphabet = "abc xyz019-_./\u00e9\u4e2d\"{}\n";
    int size = random.nextInt(12);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.append(random.nextInt(10) == 0 ? "\ud83d\ude00" : "").toString();
  }
}
