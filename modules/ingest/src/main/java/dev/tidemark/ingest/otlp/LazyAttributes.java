package dev.tidemark.ingest.otlp;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Attributes whose values stay bytes of the request until somebody asks for one: most of a span is
 * prompts and answers, of which a normalizer reads little. A value that cannot be read is null.
 * Cannot be changed once it was read from; thread-safe from then on, as reading twice gives equal
 * values. Keeps the request's bytes alive.
 */
final class LazyAttributes extends AbstractMap<String, Object> {
  private static final Object NULL = new Object();
  private static final int FEW = 16;

  /** More than this are found through a map that bears keys made to have one hash. */
  private static final int MANY = 256;

  private final byte[] bytes;
  private String[] keys = new String[FEW];
  private int[] bounds = new int[2 * FEW];
  private Object[] values;
  private int added;
  private int size;
  private int[] places;
  private int[] hashes;
  private Map<String, Integer> many;

  LazyAttributes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Adds the KeyValue at the cursor; of several with one key the last counts. */
  void add(ProtoCursor pair) throws Malformed {
    String key = "";
    int from = 0;
    int to = 0;
    ProtoCursor fields = pair.message();
    for (int field = fields.next(); field != 0; field = fields.next()) {
      if (field == 1) {
        key = fields.name();
      } else if (field == 2 && fields.isBytes()) {
        from = fields.from();
        to = fields.to();
      }
    }
    if (added == keys.length) {
      keys = Arrays.copyOf(keys, 2 * added);
      bounds = Arrays.copyOf(bounds, 4 * added);
    }
    keys[added] = key;
    bounds[2 * added] = from;
    bounds[2 * added + 1] = to;
    added++;
  }

  /** No more will be added. */
  LazyAttributes complete() {
    values = new Object[added];
    if (added > MANY) {
      many = new HashMap<>(2 * added);
      for (int i = 0; i < added; i++) {
        many.put(keys[i], i + 1);
      }
      places = many.values().stream().mapToInt(Integer::intValue).toArray();
      size = many.size();
      return this;
    }
    hashes = new int[added];
    int[] index = new int[Integer.highestOneBit(Math.max(1, added)) << 2];
    for (int i = 0; i < added; i++) {
      hashes[i] = keys[i].hashCode();
      int place = place(index, keys[i]);
      size += index[place] == 0 ? 1 : 0;
      index[place] = i + 1;
    }
    places = index;
    return this;
  }

  /** One more than where the key is; 0 when it is not there. */
  private int numbered(Object key) {
    if (!(key instanceof String text)) {
      return 0;
    }
    return many == null ? places[place(places, text)] : many.getOrDefault(text, 0);
  }

  private int place(int[] index, String key) {
    int hash = key.hashCode();
    int place = (hash ^ (hash >>> 16)) & (index.length - 1);
    for (int i = index[place]; i != 0; i = index[place]) {
      if (hashes[i - 1] == hash && keys[i - 1].equals(key)) {
        return place;
      }
      place = (place + 1) & (index.length - 1);
    }
    return place;
  }

  @Override
  public Object get(Object key) {
    int i = numbered(key);
    return i == 0 ? null : value(i - 1);
  }

  @Override
  public boolean containsKey(Object key) {
    return numbered(key) != 0;
  }

  @Override
  public int size() {
    return size;
  }

  private Object value(int i) {
    Object value = values[i];
    if (value == null) {
      value = ProtoValues.read(bytes, bounds[2 * i], bounds[2 * i + 1]);
      values[i] = value == null ? NULL : value;
    }
    return value == NULL ? null : value;
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, Object>> iterator() {
        return IntStream.of(places)
            .filter(place -> place != 0)
            .sorted()
            .<Map.Entry<String, Object>>mapToObj(
                place -> new SimpleImmutableEntry<>(keys[place - 1], value(place - 1)))
            .iterator();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }
}
