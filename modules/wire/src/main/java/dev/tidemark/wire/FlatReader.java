package dev.tidemark.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Reads one writer's schema into the fields of one reader's: the fast way for records that hold
 * only numbers, enums, strings and optional ones of these. Whatever is unusual is left to Avro's
 * resolving decoder. Thread-safe.
 */
final class FlatReader {
  private static final byte LONG = 0;
  private static final byte STRING = 1;
  private static final byte ENUM = 2;
  private static final byte DOUBLE = 3;
  private static final byte BOOLEAN = 4;
  private static final byte INT = 5;
  private static final byte OPTIONAL = 8;
  private static final int NOWHERE = -1;

  /** What the writer's fields are, in the writer's order. */
  private final byte[] types;

  /**
   * Where they go, by the reader's position; {@link #NOWHERE} when the reader has no such field.
   */
  private final int[] targets;

  /** Reader's ordinals by writer's ordinal, for enums; null when they are the same. */
  private final int[][] ordinals;

  private FlatReader(byte[] types, int[] targets, int[][] ordinals) {
    this.types = types;
    this.targets = targets;
    this.ordinals = ordinals;
  }

  /** A reader for a pair of schemas, if both are flat and need no conversion or default. */
  static Optional<FlatReader> of(Schema writer, Schema reader) {
    boolean records =
        writer.getType() == Schema.Type.RECORD && reader.getType() == Schema.Type.RECORD;
    if (!records
        || !writer.getFullName().equals(reader.getFullName())
        || reader.getFields().size() > Long.SIZE) {
      return Optional.empty();
    }
    List<Schema.Field> fields = writer.getFields();
    byte[] types = new byte[fields.size()];
    int[] targets = new int[fields.size()];
    int[][] ordinals = new int[fields.size()][];
    int found = 0;
    for (int i = 0; i < types.length; i++) {
      Integer type = type(fields.get(i).schema());
      Schema.Field target = reader.getField(fields.get(i).name());
      if (type == null || (target != null && !type.equals(type(target.schema())))) {
        return Optional.empty();
      }
      types[i] = type.byteValue();
      targets[i] = target == null ? NOWHERE : target.pos();
      if (target != null) {
        found++;
        if ((type & ~OPTIONAL) == ENUM) {
          ordinals[i] = ordinals(plain(fields.get(i).schema()), plain(target.schema()));
          if (ordinals[i] == null) {
            return Optional.empty();
          }
        }
      }
    }
    return found == reader.getFields().size()
        ? Optional.of(new FlatReader(types, targets, ordinals))
        : Optional.empty();
  }

  /**
   * Reads a datum.
   *
   * @return false when the bytes are not exactly one datum; {@code into} is undefined then
   */
  boolean read(byte[] data, int start, FlatRecord into) {
    into.bytes = data;
    long present = 0;
    int at = start;
    try {
      for (int i = 0; i < types.length; i++) {
        int type = types[i];
        if (type >= OPTIONAL) {
          byte branch = data[at++];
          if (branch == 0) {
            continue;
          }
          if (branch != 2) {
            return false;
          }
          type -= OPTIONAL;
        }
        int target = targets[i];
        if (target >= 0) {
          present |= 1L << target;
        }
        if (type == DOUBLE || type == BOOLEAN) {
          long value = type == BOOLEAN ? data[at] : eight(data, at);
          at += type == BOOLEAN ? 1 : Long.BYTES;
          if (type == BOOLEAN && (value & ~1) != 0) {
            return false;
          }
          if (target >= 0) {
            into.numbers[target] = value;
          }
          continue;
        }
        long raw = data[at++];
        if (raw < 0) {
          raw &= 0x7f;
          int shift = 7;
          long next;
          do {
            if (shift > 63) {
              return false;
            }
            next = data[at++];
            raw |= (next & 0x7f) << shift;
            shift += 7;
          } while (next < 0);
        }
        long value = (raw >>> 1) ^ -(raw & 1);
        if (type == STRING) {
          if (value < 0 || value > data.length - at) {
            return false;
          }
          if (target >= 0) {
            into.starts[target] = at;
            into.lengths[target] = (int) value;
          }
          at += (int) value;
        } else if (type != LONG && value != (int) value) {
          return false;
        } else if (target >= 0) {
          into.numbers[target] = type == ENUM ? ordinals[i][(int) value] : value;
        }
      }
    } catch (ArrayIndexOutOfBoundsException e) {
      return false;
    }
    into.present = present;
    return at == data.length;
  }

  private static long eight(byte[] data, int at) {
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = (value << 8) | (data[at + i] & 0xff);
    }
    return value;
  }

  private static Integer type(Schema schema) {
    int optional = 0;
    Schema plain = schema;
    if (schema.getType() == Schema.Type.UNION) {
      List<Schema> branches = schema.getTypes();
      if (branches.size() != 2 || branches.get(0).getType() != Schema.Type.NULL) {
        return null;
      }
      optional = OPTIONAL;
      plain = branches.get(1);
    }
    return switch (plain.getType()) {
      case INT -> INT + optional;
      case LONG -> LONG + optional;
      case STRING -> STRING + optional;
      case ENUM -> ENUM + optional;
      case DOUBLE -> DOUBLE + optional;
      case BOOLEAN -> BOOLEAN + optional;
      default -> null;
    };
  }

  private static Schema plain(Schema schema) {
    return schema.getType() == Schema.Type.UNION ? schema.getTypes().get(1) : schema;
  }

  private static int[] ordinals(Schema writer, Schema reader) {
    Map<String, Integer> known = new HashMap<>();
    for (String symbol : reader.getEnumSymbols()) {
      known.put(symbol, reader.getEnumOrdinal(symbol));
    }
    int[] ordinals = new int[writer.getEnumSymbols().size()];
    for (int i = 0; i < ordinals.length; i++) {
      Integer ordinal = known.getOrDefault(writer.getEnumSymbols().get(i), fallback(reader));
      if (ordinal == null) {
        return null;
      }
      ordinals[i] = ordinal;
    }
    return ordinals;
  }

  private static Integer fallback(Schema reader) {
    String symbol = reader.getEnumDefault();
    return symbol == null ? null : Integer.valueOf(reader.getEnumOrdinal(symbol));
  }
}
