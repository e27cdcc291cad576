package dev.tidemark.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads truth.json, whose names are partly in snake case. */
final class TruthFile {
  private TruthFile() {}

  static Truth read(JsonMapper mapper, InputStream in) throws IOException {
    JsonNode root = mapper.readTree(in);
    var pairs = new ArrayList<Truth.Pair>();
    for (JsonNode pair : root.path("pairs")) {
      pairs.add(
          new Truth.Pair(
              pair.path("src").asText(),
              pair.path("domain").asText(),
              pair.path("a").asText(),
              pair.path("b").asText(),
              pair.path("change").asText(),
              pair.path("same_tasks").asBoolean(),
              pair.path("runsA").asInt(),
              pair.path("runsB").asInt(),
              all(mapper, pair.path("drift"), Truth.Metric.class),
              all(mapper, pair.path("same"), Truth.Metric.class),
              all(mapper, pair.path("ambiguous"), Truth.Metric.class)));
    }
    return new Truth(
        pairs,
        all(mapper, root.path("aa_halves"), Truth.Halves.class),
        all(mapper, root.path("aa_repeats"), Truth.Repeat.class));
  }

  private static <T> List<T> all(JsonMapper mapper, JsonNode nodes, Class<T> type)
      throws IOException {
    var values = new ArrayList<T>();
    for (JsonNode node : nodes) {
      values.add(mapper.treeToValue(node, type));
    }
    return List.copyOf(values);
  }
}
