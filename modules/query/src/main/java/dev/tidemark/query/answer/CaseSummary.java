package dev.tidemark.query.answer;

import dev.tidemark.records.AgentRun;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * A run's summary in the four columns Context, Actions, Signals and Enforcement, and its
 * completeness. Which field stands where is said by the first word of its documentation in the
 * schema.
 */
final class CaseSummary {
  private static final Set<String> COORDINATES =
      Set.of("sourcePartition", "spanOffsets", "eventOffsets");

  private CaseSummary() {}

  static Map<String, Map<String, Object>> of(AgentRun run) {
    var columns = new LinkedHashMap<String, Map<String, Object>>();
    for (String column :
        new String[] {"context", "actions", "signals", "enforcement", "completeness"}) {
      columns.put(column, new LinkedHashMap<>());
    }
    Map<String, Object> json = AvroJson.of(run);
    for (Schema.Field field : run.getSchema().getFields()) {
      if (!COORDINATES.contains(field.name())) {
        columns.get(column(field)).put(field.name(), json.get(field.name()));
      }
    }
    return columns;
  }

  private static String column(Schema.Field field) {
    String doc = field.doc() == null ? "" : field.doc();
    for (String column : new String[] {"Context", "Actions", "Signals", "Enforcement"}) {
      if (doc.startsWith(column + ".")) {
        return column.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + column.substring(1);
      }
    }
    return "completeness";
  }
}
