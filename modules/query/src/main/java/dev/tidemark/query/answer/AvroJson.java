package dev.tidemark.query.answer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records of the topics as JSON values under the names of their schemas. 64-bit hashes are left
 * out: they order choices and do not fit a JSON number everywhere.
 */
final class AvroJson {
  private AvroJson() {}

  static Map<String, Object> of(SpecificRecord record) {
    var json = new LinkedHashMap<String, Object>();
    for (Schema.Field field : record.getSchema().getFields()) {
      if (!field.name().equals("hash")) {
        json.put(field.name(), value(record.get(field.pos())));
      }
    }
    return json;
  }

  static Object value(Object value) {
    if (value instanceof SpecificRecord record) {
      return of(record);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(AvroJson::value).toList();
    }
    if (value instanceof Map<?, ?> map) {
      var json = new LinkedHashMap<String, Object>();
      map.forEach((key, item) -> json.put(key.toString(), value(item)));
      return json;
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      return null;
    }
    return value instanceof GenericEnumSymbol<?> || value instanceof CharSequence
        ? value.toString()
        : value;
  }
}
